"""Chinese for studies on clusters."""

from __future__ import annotations

CHINESE = {
    "queue (partition) of the site": "集群的队列(分区)",
    "workers of a job, a core each": "每个作业的工作进程数，每个占一个核",
    "memory of a job, such as 16 GB": "每个作业的内存，如 16 GB",
    "time after which the site ends a job, such as 2 h": "作业的时间上限，如 2 h",
    "jobs that are asked for": "申请的作业数",
    "account that is charged": "计费账户",
    "network interface of the nodes, such as ib0": "节点的网络接口，如 ib0",
    "further options of sbatch": "sbatch 的其他选项",
    "lines of shell before a worker starts, such as module load python": "工作进程启动前执行的命令行，如 module load python",
    "a file for SLURM is a mapping; write keys such as queue: and cores:": "SLURM 文件是键值映射；请写 queue:、cores: 等键",
    "{value} is no memory; write a number with MB, GB or TB": "{value} 不是内存大小；请写数字加 MB、GB 或 TB",
    "--cluster: {value} is no cluster; write local, local:4, an address such as tcp://host:8786, or slurm:FILE.yaml":
        "--cluster：{value} 不是集群；请写 local、local:4、地址(如 tcp://host:8786)或 slurm:FILE.yaml",
    "--cluster: nobody answers at {address}; start a scheduler there (dask scheduler), or write local":
        "--cluster：{address} 无应答；请先在那里启动调度器(dask scheduler)，或写 local",
    "--cluster: {address} has no workers; start some there (dask worker {address} --nthreads 1)":
        "--cluster：{address} 没有工作进程；请先启动(dask worker {address} --nthreads 1)",
    "--cluster: the jobs cannot be asked for: {why}": "--cluster：无法提交作业：{why}",
    "waiting for the first worker of the cluster": "正在等待集群的第一个工作进程",
    "the cluster has no workers now; waiting for new ones": "集群目前没有工作进程；正在等待新的",
    "the connection to the cluster is lost; what is done is kept, and the same command goes on":
        "与集群的连接已断开；已完成的均已保留，再用同一命令即可继续",
    "its worker died, each time that it was tried": "每次尝试时其工作进程都已死亡",
    "--cluster: a worker cannot be used: {why}": "--cluster：有工作进程不能使用：{why}",
    "--cluster: scheduler or workers cannot import this project ({why}); start them with its folder on PYTHONPATH, "
    "with the same Python and libraries":
        "--cluster：调度器或工作进程无法导入本项目({why})；请将其文件夹加入 PYTHONPATH，并用相同的 Python 与库启动它们",
    "{workers} workers of the cluster died; {runs} runs that they had begun or waited for were tried again":
        "集群有 {workers} 个工作进程死亡；它们已开始或待办的 {runs} 次运行已重新尝试",
    "{worker} has other code: {changes}": "{worker} 的代码不同：{changes}",
    "{worker} does not see {folder}; workers need the same file system": "{worker} 看不到 {folder}；工作进程需要同一文件系统",
    "Dask instead: local[:N], tcp://HOST:PORT of a scheduler, or slurm:FILE.yaml":
        "改用 Dask：local[:N]、调度器地址 tcp://HOST:PORT，或 slurm:FILE.yaml",
    "--workers says how many processes of this machine; with --cluster write local:{count}":
        "--workers 指本机进程数；与 --cluster 一起时请写 local:{count}",
}  # fmt: skip
