//! A server in a process of its own, and what the system tells of processes and threads.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::Result;

/// The ticks of a second in which Linux tells the time of a process.
const TICKS: u64 = 100;

/// A running server. It ends when dropped, and by itself when this process ends.
pub(crate) struct Process {
    pub(crate) port: u16,
    child: Child,
    stdin: Option<ChildStdin>,
}

impl Process {
    /// Starts a program that prints its port and ends with its standard input.
    pub(crate) fn start(mut command: Command) -> Result<Self> {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child =
            command.spawn().map_err(|error| format!("{} does not start: {error}", told(command)))?;
        let stdin = child.stdin.take();
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        // Dropped, and so ended, if it says no port.
        let mut process = Self { port: 0, child, stdin };
        process.port = line.trim().parse().map_err(|_| format!("{} did not start", told(command)))?;
        Ok(process)
    }

    /// The time that it has had of the processor, the kernel's for it included.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        let stat = self.read("stat")?;
        // The name before them is the program's, and may have anything in it.
        let fields = stat.rsplit_once(") ").map(|(_, fields)| fields).unwrap_or_default();
        // Of the fields from the third on, `utime` and `stime` (proc_pid_stat(5)).
        let ticks: Vec<u64> =
            fields.split(' ').skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
        match ticks[..] {
            [user, system] => Ok(Duration::from_millis((user + system) * 1000 / TICKS)),
            _ => Err(format!("the system does not tell the time of a process: {stat}").into()),
        }
    }

    /// The bytes that it has in memory.
    pub(crate) fn memory(&self) -> Result<u64> {
        resident(&self.read("status")?)
    }

    fn read(&self, file: &str) -> Result<String> {
        Ok(std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id()))?)
    }

    /// Lets it end by itself.
    pub(crate) fn finish(mut self) -> Result {
        drop(self.stdin.take());
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { Err(format!("the server ended with {status}").into()) }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The bytes that this process has in memory.
pub(crate) fn memory() -> Result<u64> {
    resident(&std::fs::read_to_string("/proc/self/status")?)
}

fn resident(status: &str) -> Result<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
    let kilobytes: u64 = line.ok_or("the system does not tell the memory of a process")?.parse()?;
    Ok(kilobytes * 1024)
}

/// The times that this thread has given up the processor by itself: where nothing else is waited for, it waited for a lock.
pub(crate) fn waits() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/thread-self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    Ok(line.ok_or("the system does not tell the waits of a thread")?.trim().parse()?)
}

/// The time that this thread has had of the processor, the kernel's for it included: whatever else the machine does is in it hardly.
pub(crate) fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

fn told(command: &Command) -> String {
    command.get_program().display().to_string()
}
