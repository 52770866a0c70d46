"""Chinese for what the steps of a log show."""

from __future__ import annotations

ORDER = {
    "What the steps show": "环节说明了什么",
    "Starts of work, steps, returns and reworks: not in this log.": "开始办理的时间、环节、回退与返工：这份日志中没有。",
    "Order of the queue: not in this log; nobody wrote down when work began.": "排队次序：这份日志中没有；没有人记下何时开始办理。",
    "Order of the queue: starts of work are dates without a time; who was taken first cannot be seen.": (
        "排队次序：开始办理只有日期没有时刻，看不出先办谁。"
    ),
    "Order of the queue: fewer than {least} choices between two or more; too few to tell.": (
        "排队次序：两件以上的选择少于 {least} 次，太少，看不出。"
    ),
    "These are {count} choices between cases that came while everybody was at work; {waiting:.1f} were waiting on average.": (
        "这是在所有人都在忙时到来的案件之间的 {count} 次选择；平均有 {waiting:.1f} 件在等。"
    ),
    "These are {count} choices between all that was open and not begun, whatever it waited for; {waiting:.1f} were waiting on average.": (
        "这是在所有已受理而未开始的案件之间的 {count} 次选择，不论它们在等什么；平均有 {waiting:.1f} 件在等。"
    ),
    "At least {share:.0%} of the cases waited for something else than a crew: they lay open while somebody had nothing to do.": (
        "至少 {share:.0%} 的案件等的不是班组：有人空闲时它们仍未开始。"
    ),
    "Order of the queue: “{rule}” holds in {share} of the choices between two or more; at random it would be {random}.": (
        "排队次序：在两件以上的选择中，“{rule}”成立 {share}；随机则为 {random}。"
    ),
    "Order of the queue: “{rule}” holds in {share} of the choices (at random {random}), but this log cannot tell it from “{other}”.": (
        "排队次序：“{rule}”成立 {share}（随机 {random}），但这份日志无法把它与“{other}”分开。"
    ),
    "Order of the queue: no rule is better than chance; the nearest, “{rule}”, holds in {share} of the choices, at random it would be {random}.": (
        "排队次序：没有规则胜过随机；最接近的“{rule}”成立 {share}，随机则为 {random}。"
    ),
    "Order of the queue: no rule explains most choices; the nearest, “{rule}”, holds in {share}, at random it would be {random}.": (
        "排队次序：没有规则能说明多数选择；最接近的“{rule}”成立 {share}，随机则为 {random}。"
    ),
    "Order of the queue: cannot be told, because what is passed over may wait for something else than a crew; nearest is “{rule}”, in {share} of the choices, at random {random}.": (
        "排队次序：看不出，因为被越过的案件可能在等别的；最接近的是“{rule}”，成立 {share}，随机则为 {random}。"
    ),
    "first come, first served": "先来先办",
    "last come, first served": "后来先办",
    "earliest due first": "先到期先办",
    "shortest work first (by the work that it turned out to be)": "工作量小者先办（按实际工作量）",
    "{column} {first} first, then first come": "{column}为 {first} 者优先，其次先来先办",
    "{column} {first} first, then earliest due": "{column}为 {first} 者优先，其次先到期先办",
    "kind of limit": "时限类型",
    "rule": "规则",
    "choices": "选择次数",
    "taken is first by it": "被办者按此规则居首",
    "at random": "随机",
    "mean rank of the taken (0 first, 1 last)": "被办者平均名次（0 首，1 末）",
}

RETURNS = {
    "Referral: not in this log; no returns, no groups.": "推诿回退：这份日志中没有回退，也没有组别。",
    "Rework: not in this log; no reworks, no steps.": "返工：这份日志中没有返工，也没有环节。",
    "Of {cases} cases: {what} {share}.": "{cases} 件中：{what} {share}。",
    "Whether an activity that comes back is rework, the log does not say.": "活动重复是否为返工，日志没有说明。",
    "returned by another department": "被其他部门回退",
    "handed from group to group": "在组间移交",
    "back with a group that had passed it on": "回到曾移交它的组",
    "A change of group may be the usual way of a case; coming back to a group is nearer to a referral.": (
        "换组可能是案件的正常流程；回到原组才更接近推诿回退。"
    ),
    "done again": "返工",
    "handlings that had to be done again": "须重做的处置",
    "an activity came back": "有活动重复",
    "hidden (fewer than 5)": "不显示（少于 5 件）",
    "share": "占比",
}

PEOPLE = {
    "A resource counts as at work from its first to its last touch of a day; what it does besides is not in the log, so these are lower ends.": (
        "人员从当天首次操作到末次操作算在岗；其余工作不在日志中，所以这些是下限。"
    ),
    "Crews: not in this log; neither persons nor starts of work.": "班组：这份日志中没有；既没有办理人，也没有开始办理的时间。",
    "{count} resources whose day is longer than 16 hours are taken for machines and left out.": (
        "有 {count} 个账号的工作日长于 16 小时，视为系统账号，不计。"
    ),
    "Crews: on a day {day} different resources (median; 10–90 %: {low:.0f} to {high:.0f}), over {days} days; times are dates, so how many at once cannot be told.": (
        "班组：{days} 天中，每天有 {day} 名不同人员（中位数；10–90 %：{low:.0f} 至 {high:.0f}）；时间只有日期，看不出同时几人。"
    ),
    "Crews: {at_once} of {resources} resources at work at once on average, on {days} days; in an hour {median:.1f} (median; 10–90 %: {low:.1f} to {high:.1f}).": (
        "班组：{resources} 名人员中平均同时在岗 {at_once}，共 {days} 天；每小时 {median:.1f}（中位数；10–90 %：{low:.1f} 至 {high:.1f}）。"
    ),
    "Timed steps fill {share:.0%} [{low:.0%}, {high:.0%}] of that time.": "有始有终的环节占其中 {share:.0%} [{low:.0%}，{high:.0%}]。",
    "Crews: no persons in this log; the most cases in hand at once on a day (median): {units}. Where a crew has one case in hand, these are crews.": (
        "班组：这份日志中没有办理人；每天同时在办案件的最大数（中位数）：{units}。若一个班组一次只办一件，这就是班组数。"
    ),
    "Hands-on work: not in this log, or for less than half of the closed cases.": "实际工作量：这份日志中没有，或不足已结案件的一半。",
    "Hands-on work: {mean:.2f} h [{low:.2f}, {high:.2f}] a case on average, median {median:.2f} h, over {cases} closed cases.": (
        "实际工作量：平均每件 {mean:.2f} 小时 [{low:.2f}，{high:.2f}]，中位数 {median:.2f} 小时，共 {cases} 件已结案件。"
    ),
    "That is the working time from the start to the end of handling: it holds interruptions, so it is an upper end.": (
        "这是从开始到结束处置的工作时间：含中断，所以是上限。"
    ),
    "Time on a step counts between the first and last touch of a day; time on several steps at once is shared.": (
        "环节时间只计当天首末次操作之间；同时办理几个环节的时间分摊。"
    ),
    "Shifts: not in this log; no persons with times, or fewer than five.": "班次：这份日志中没有；没有带时间的办理人，或不足五名。",
    "Shifts: {count} resources worked often enough; {shown} of {different} patterns hold {share:.0%} of the touches, those of fewer than five resources are not shown.": (
        "班次：{count} 名人员工作天数足够；{different} 种班次中的 {shown} 种占操作的 {share:.0%}，不足五名人员的不显示。"
    ),
    "Work is done from {first:02d}:00 to {last:02d}:00, {days}; {share:.0%} of it outside the hours in which cases are closed.": (
        "工作时间为 {first:02d}:00 至 {last:02d}:00，{days}；其中 {share:.0%} 在结案时段之外。"
    ),
    "the earlier half of the day": "前半天",
    "the later half of the day": "后半天",
    "across the day": "全天",
    "no": "否",
    "hour": "时",
    "weekday": "星期",
    "resources": "人员",
    "at once, mean": "同时在岗，平均",
    "at once, median (10–90 %)": "同时在岗，中位数（10–90 %）",
    "on a day, median (10–90 %)": "每天人数，中位数（10–90 %）",
    "of their time on timed steps": "用于有时间环节的占比",
    "at work at once": "同时在岗",
    "on a day": "每天",
    "most in hand on a day, mean": "每天最多在办，平均",
    "median (10–90 %)": "中位数（10–90 %）",
    "mean work, h": "平均工作量（小时）",
    "10–90 %, h": "10–90 %（小时）",
    "pattern": "班次",
    "weekends": "周末",
    "usual first and last touch": "通常首末次操作",
    "of all touches": "占全部操作",
}

FIT = {
    "declared share of the typical measured time that is hands-on work; not stated: work, crews and order as measured where the log shows them, else 0.25": (
        "声明实际工作占典型办结时间的比例；不写则在日志有记录时取实测的工作量、班组与次序，否则取 0.25"
    ),
    "hands-on work: declared by work_share (no), measured in timed steps, or in cases from start to end of handling": (
        "实际作业：按 work_share 申报（no），按有始有终的环节测得，或按案件从开始到结束处置测得"
    ),
    "hands-on work is not in this log: a quarter of the typical time to close is declared (--work-share)": (
        "这份日志没有实际工作量：声明典型办结时间的四分之一（--work-share）"
    ),
    "hands-on work is measured in this log: {source}": "这份日志实测了实际工作量：{source}",
    "queue: {policy} ({source})": "排队：{policy}（{source}）",
    "measured: hands-on work comes from the timed steps of the log; the fit used cases before {date} only": (
        "实测：实际工作量取自日志中有始有终的环节；拟合只用 {date} 之前的案件"
    ),
    "measured: hands-on work is the time from start to end of handling, interruptions included; the fit used cases before {date} only": (
        "实测：实际工作量为从开始到结束处置的时间，含中断；拟合只用 {date} 之前的案件"
    ),
}

CHINESE = FIT | PEOPLE | ORDER | RETURNS
