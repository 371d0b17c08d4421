"""The jobs of `speed.rs` in numpy, as a careful user of numpy would write them. Prints `name<TAB>seconds a job`.

CPU time of one thread (set OMP_NUM_THREADS=1), the best of several rounds.
"""

import time

import numpy as np

ALPHA, BETA = 0.668, 3.806


def best(job, rounds, repeats):
    """The best round's CPU seconds for one job."""
    job()
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        for _ in range(repeats):
            job()
        times.append((time.process_time() - begun) / repeats)
    return min(times)


def survival(alpha, beta, periods):
    t = np.arange(periods)
    return np.concatenate([[1.0], np.cumprod((beta + t) / (alpha + beta + t))])


def cohorts():
    """Ten cohorts of 1,000, observed for 3 to 12 periods."""
    return [np.round(1000 * survival(ALPHA, BETA, n)) for n in range(3, 13)]


def pooled(data):
    longest = max(len(c) for c in data) - 1
    lost, kept = np.zeros(longest), np.zeros(longest)
    for c in data:
        lost[: len(c) - 1] += c[:-1] - c[1:]
        kept[: len(c) - 1] += c[1:]
    return lost, kept


def log_likelihood(lost, kept, t, alpha, beta):
    return np.sum(
        lost * np.log(alpha / (alpha + beta + t)) + kept * np.log((beta + t) / (alpha + beta + t))
    )


def newton(lost, kept):
    """Newton in (ln alpha, ln beta) on the rational form, steps halved until they climb."""
    t = np.arange(len(lost))
    risk = lost + kept
    leave = lost[0] / risk[0]
    at = np.log([leave * 2.0, (1.0 - leave) * 2.0])
    value = log_likelihood(lost, kept, t, *np.exp(at))
    for _ in range(100):
        a, b = np.exp(at)
        every, age = a + b + t, b + t
        share = risk / every
        slope = np.array([np.sum(lost) - a * np.sum(share), b * np.sum(kept / age - share)])
        second = np.sum(share / every)
        saa = np.sum(lost) - a * a * second - slope[0]
        sbb = b * b * (np.sum(kept / age**2) - second) - slope[1]
        sab = -a * b * second
        matrix = np.array([[saa, sab], [sab, sbb]])
        if saa <= 0 or saa * sbb <= sab * sab:
            matrix += np.eye(2) * (abs(saa) + abs(sbb))
        step = np.linalg.solve(matrix, slope)
        if np.max(np.abs(step)) < 1e-10:
            break
        length = 1.0
        while length > 1e-8:
            there = log_likelihood(lost, kept, t, *np.exp(at + length * step))
            if there > value:
                at, value = at + length * step, there
                break
            length *= 0.5
        else:
            break
    return np.exp(at)


def posterior(lost, kept, side=80):
    """The density on a grid over the logit of the mean and the log of the size, normalised, with its mean curve."""
    x = np.linspace(-2.4, -0.9, side)
    z = np.linspace(0.0, 3.2, side)
    leave = 1 / (1 + np.exp(-x))[:, None]
    size = np.exp(z)[None, :]
    alpha, beta = leave * size, (1 - leave) * size
    log = np.log(leave) + np.log1p(-leave) - np.log1p(size) - np.log1p(1 / size)
    log = log + np.sum(lost) * np.log(alpha)
    for t in range(len(lost)):
        log = log + kept[t] * np.log(beta + t) - (lost[t] + kept[t]) * np.log(size + t)
    weight = np.exp(log - log.max())
    return weight / weight.sum()


def thinning(rng, paths, plans=8, ages=25, each=500, months=60):
    """100,000 customers in cells of plan and age: each month a binomial draw thins every cell, a block of paths at once,

    so that the arrays stay in the cache.
    """
    cells = plans * ages
    commission = np.repeat(np.arange(plans) * 1000 + 3960, ages)
    alpha = np.repeat(0.5 + 0.05 * np.arange(plans), ages)
    beta = np.full(cells, 8.0)
    age = np.tile(np.arange(ages), plans)
    total = np.zeros((paths, months))
    block = 50
    for first in range(0, paths, block):
        count = np.full((block, cells), each)
        for month in range(months):
            stay = (beta + age + month) / (alpha + beta + age + month)
            count = rng.binomial(count, stay)
            total[first : first + block, month] = count @ commission
    return np.quantile(total, [0.05, 0.5, 0.95], axis=0)


def arrivals(rng, paths, plans=8, mean=35.0, months=60):
    """A Poisson number of referrals a month and plan, one lifetime each, counted into months."""
    tables = [survival(0.5 + 0.05 * p, 8.0, months)[1:][::-1].copy() for p in range(plans)]
    commission = np.arange(plans) * 1000 + 3960
    total = np.zeros((paths, months))
    for path in range(paths):
        for plan in range(plans):
            counts = rng.poisson(mean, months)
            begun = np.repeat(np.arange(months), counts)
            # Renewals of each: how many entries of the falling curve lie above its uniform.
            lives = months - np.searchsorted(tables[plan], rng.random(len(begun)), side="right")
            ended = np.minimum(begun + lives + 1, months)
            change = np.zeros(months + 1)
            change[:months] += counts
            change -= np.bincount(ended, minlength=months + 1)
            total[path] += np.cumsum(change)[:months] * commission[plan]
    return np.quantile(total, [0.05, 0.5, 0.95], axis=0)


def analytic(months=60, cells=8):
    """Mean and variance of each month's net: 8 cells of plan and tier by convolution."""
    mean, variance, active = np.zeros(months), np.zeros(months), np.zeros(months)
    total_variance = 0.0
    for cell in range(cells):
        commission = 3960.0 + 1000 * cell
        alive = survival(0.5 + 0.05 * cell, 8.0, months - 1)
        starts = np.full(months, 10.0)
        kept = 0.6 * 0.97
        pay = kept * commission * alive
        square = pay * commission
        mean += np.convolve(starts, pay)[:months]
        variance += np.convolve(starts, square)[:months]
        number = np.arange(1, months + 1)
        collected = np.cumsum(alive * (2 * number - 1)) * commission**2 * kept
        total_variance += np.sum(starts * collected[::-1])
        # A month's recurring commission is its mean here, as all plans are monthly.
        active += np.convolve(starts, kept * alive)[:months]
    return mean, variance, total_variance, active


def main():
    data = cohorts()
    lost, kept = pooled(data)
    rng = np.random.default_rng(1)
    resampled = []
    for _ in range(200):
        again = []
        for c in data:
            gone = np.append(c[:-1] - c[1:], c[-1])
            drawn = rng.multinomial(1000, gone / 1000)
            again.append(1000 - np.concatenate([[0], np.cumsum(drawn[:-1])]))
        resampled.append(again)

    def fit():
        return newton(*pooled(data))

    def refits():
        for again in resampled:
            newton(*pooled(again))

    print(f"# numpy {np.__version__}; fit {fit()}")
    for name, seconds in [
        ("fit", best(fit, 7, 50)),
        ("bootstrap", best(refits, 3, 1) * 5),
        ("posterior", best(lambda: posterior(*pooled(data)), 9, 20)),
        ("thinning", best(lambda: thinning(rng, 100), 3, 1) * 10),
        ("arrivals", best(lambda: arrivals(rng, 100), 3, 1) * 10),
        ("analytic", best(analytic, 9, 50)),
    ]:
        print(f"{name}\t{seconds:.9f}", flush=True)


if __name__ == "__main__":
    main()
