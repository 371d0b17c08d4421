//! `bench forecast`: the forecast engine beside numpy, job by job, on one thread of the same machine.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::PathBuf};

use crate::{
    place,
    task::{Failed, Outcome, asked, cargo, program, read, shown},
};

/// A job of both sides: its name, what it does, how each side does it, and the ratio aimed for.
struct Job {
    name: &'static str,
    what: &'static str,
    ours: &'static str,
    numpy: &'static str,
    aim: f64,
}

const JOBS: &[Job] = &[
    Job {
        name: "fit",
        what: "sBG fit, 10 cohorts",
        ours: "Newton on the summed periods, from the first two hazards, by slopes alone",
        numpy: "Newton on the summed periods in arrays, each step checked by the likelihood",
        aim: 100.0,
    },
    Job {
        name: "bootstrap",
        what: "1,000 bootstrap refits",
        ours: "the same fit, one after another",
        numpy: "the same fit, one after another",
        aim: 100.0,
    },
    Job {
        name: "posterior",
        what: "Posterior on an 80 × 80 grid, 10 cohorts",
        ours: "summed periods; the grid's limits found first, the sum over periods read from a cubic table of ln β (a better algorithm)",
        numpy: "summed periods; every point of a given grid in arrays",
        aim: 1.5,
    },
    Job {
        name: "thinning",
        what: "100,000 subscriptions × 60 months × 1,000 paths",
        ours: "binomial thinning by plan and age",
        numpy: "the same, blocks of paths in arrays",
        aim: 1.5,
    },
    Job {
        name: "arrivals",
        what: "Arrivals of 60 months × 1,000 paths, 8 plans",
        ours: "a Poisson total, one lifetime each by a guide table",
        numpy: "the same, lifetimes by binary search",
        aim: 4.0,
    },
    Job {
        name: "analytic",
        what: "Mean and variance, 60 months, 8 cells",
        ours: "convolution, refunds by date, variance of the total",
        numpy: "convolution, refunds without dates, variance of the total",
        aim: 2.0,
    },
];

type Times = BTreeMap<String, f64>;

/// Builds, runs both sides, prints the table and writes it to `target/bench/forecast.md`.
pub fn run() -> Outcome {
    let python = python()?;
    let arguments = ["bench", "-p", "perennial-forecast", "--bench", "speed"];
    let ours = times(cargo().args(arguments))?;
    let script = place::root().join("crates/forecast/benches/numpy/baseline.py");
    let mut baseline = program(&python);
    for threads in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
        baseline.env(threads, "1");
    }
    let numpy = times(baseline.arg(script))?;
    if let Some(job) = JOBS
        .iter()
        .find(|job| !measured(job, &ours) || !measured(job, &numpy))
    {
        return Err(Failed::new(format!(
            "“{}” was not measured on both sides; nothing is written.",
            job.what
        )));
    }
    let table = table(&ours, &numpy);
    print!("\n{table}");
    let folder = place::target().join("bench");
    fs::write(folder.join("forecast.md"), table)
        .map_err(|error| Failed::new(format!("{}: {error}.", folder.display())))
}

/// A Python with numpy of its own, so that the machine's is left alone.
fn python() -> Outcome<PathBuf> {
    let home = place::target().join("bench").join("venv");
    let inside = if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    };
    let python = home.join(inside);
    let has_numpy = || asked(program(&python).args(["-c", "import numpy"])).is_some();
    if has_numpy() {
        return Ok(python);
    }
    let system = if cfg!(windows) { "python" } else { "python3" };
    shown(program(system).args(["-m", "venv"]).arg(&home))?;
    shown(program(&python).args(["-m", "pip", "install", "--quiet", "numpy"]))?;
    Ok(python)
}

/// Whether a job took any time: none is a clock that did not move, or work that was left out.
fn measured(job: &Job, times: &Times) -> bool {
    times
        .get(job.name)
        .is_some_and(|time| time.is_finite() && *time > 0.0)
}

fn times(command: &mut std::process::Command) -> Outcome<Times> {
    let mut times = Times::new();
    read(command, |line| {
        if let Some((name, seconds)) = line.split_once('\t')
            && let Ok(seconds) = seconds.parse()
        {
            times.insert(name.to_owned(), seconds);
        }
    })?;
    Ok(times)
}

fn table(ours: &Times, numpy: &Times) -> String {
    let mut table = format!(
        "| Job (CPU time of one thread) | Perennial | numpy | Ratio | Aim |\n|---|---|---|---|---|\n{}",
        JOBS.iter()
            .map(|job| line(job, ours, numpy))
            .collect::<String>()
    );
    let wall = |threads: &str| ours.get(&format!("thinning, wall, {threads}"));
    // Writing to a String cannot fail.
    if let (Some(one), Some(two)) = (wall("1 thread"), wall("2 threads")) {
        let (first, second, gain) = (human(*one), human(*two), one / two);
        let _ = writeln!(
            table,
            "\nThe simulation of 100,000 subscriptions by the clock: {first} on one thread, {second} on two ({gain:.2}×)."
        );
    }
    if let Some(load) = asked(program("cat").arg("/proc/loadavg")) {
        let _ = writeln!(table, "\nLoad of the machine at the end: {load}.");
    }
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let _ = writeln!(
        table,
        "\n{cores} cores, {} {}.",
        env::consts::OS,
        env::consts::ARCH
    );
    table
}

fn line(job: &Job, ours: &Times, numpy: &Times) -> String {
    let (Some(&we), Some(&they)) = (ours.get(job.name), numpy.get(job.name)) else {
        return format!("| {} | not measured | | | |\n", job.what);
    };
    format!(
        "| {} | {}: {} | {}: {} | {:.1}× | {}× |\n",
        job.what,
        human(we),
        job.ours,
        human(they),
        job.numpy,
        they / we,
        job.aim
    )
}

fn human(seconds: f64) -> String {
    if seconds >= 0.1 {
        format!("{seconds:.2} s")
    } else if seconds >= 1e-4 {
        format!("{:.2} ms", seconds * 1e3)
    } else {
        format!("{:.2} µs", seconds * 1e6)
    }
}
