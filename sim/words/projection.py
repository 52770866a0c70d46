"""Chinese words of arrivals, projections and starting backlogs."""

CHINESE = {
    "{count} cases, all opened in one second: no arrivals can be fitted": "{count} 件案件都在同一秒登记：无法拟合到达过程",
    "weights of weekdays and hours must not be negative, and no weekday without any hour": "星期与小时的权重不得为负，且每个星期日至少有一个小时的权重大于零",
    "{name}: weights must not be negative, and not all zero": "{name}：权重不得为负，且不得全为零",
    "limits: a share of cases has a limit, so give one or more": "limits：部分案件有时限，请至少给出一个",
    "months: give twelve factors or none": "months：请给出十二个系数，或留空",
    "shares of the categories of {department}": "{department} 各类别的占比",
    "{count} weights, but places.zones has {zones} zones; give as many": "有 {count} 个权重，而 places.zones 有 {zones} 个区域；请给出同样多的权重",
    "time.start: {start} lies outside the log, which goes from {first} to {last}; leave --log out to draw new cases": "time.start：{start} 不在日志的时段（{first} 至 {last}）内；若要抽取新案件，请去掉 --log",
    "time.start: {start} is too early: about {share:.0f} % of the work open then came before the log began ({first}) and is not in it; start on {day} or later, or on {first} with a warm-up": "time.start：{start} 过早：当时未结的工作约有 {share:.0f} % 在日志开始（{first}）之前登记，日志中没有；请从 {day} 或之后开始，或从 {first} 开始并设预热期",
    "cases are drawn from what was fitted on a city's log, none is one of its cases; the run begins with a drawn backlog: what came in the {days} days before and is open by the fit": "案件按城市日志的拟合结果抽取，没有一件是日志中的案件；运行从抽取的积压开始：此前 {days} 天登记、按拟合尚未结案的案件",
    "cases are drawn from what was fitted on a city's log, none is one of its cases; the run begins with no case open, and a warm-up lets the backlog build up": "案件按城市日志的拟合结果抽取，没有一件是日志中的案件；运行开始时没有未结案件，积压在预热期内形成",
    "note: {text}": "说明：{text}",
}
