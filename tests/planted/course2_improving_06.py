"""Wrong answers to the exercises of course2_improving/06_batch_normalization."""

from tests.planted import Planted

SIMPLE = """Z_norm, gamma, s = cache
dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
dZ = {dZ}
return dZ, dgamma, dbeta"""
MEAN = "dZ_tilde.mean(axis=1, keepdims=True)"
ALONG = "Z_norm * np.mean(dZ_tilde * Z_norm, axis=1, keepdims=True)"

PLANTED = {
    "course2_improving/06_batch_normalization": {
        1: [
            Planted("axis", "axis=1", "axis=0", count=2),
            Planted("forgotten keepdims", ", keepdims=True", "", count=2),
            Planted("one mean for all", "Z.mean(axis=1, keepdims=True)", "Z.mean()"),
            Planted("m - 1", "variance = np", "variance = Z.shape[1] / 6 * np"),
            Planted(
                "unbiased variance",
                "np.mean(deviation**2, axis=1, keepdims=True)",
                "np.var(Z, axis=1, keepdims=True, ddof=1)",
            ),
            Planted("no root", "np.sqrt(variance + epsilon)", "variance + epsilon"),
            Planted(
                "epsilon outside",
                "np.sqrt(variance + epsilon)",
                "np.sqrt(variance) + epsilon",
            ),
            Planted("no epsilon", "np.sqrt(variance + epsilon)", "np.sqrt(variance)"),
            Planted("no shift", "gamma * Z_norm + beta", "gamma * Z_norm"),
            Planted("swapped", "gamma * Z_norm + beta", "beta * Z_norm + gamma"),
            Planted(
                "gamma also on beta", "gamma * Z_norm + beta", "gamma * (Z_norm + beta)"
            ),
            Planted("not centred", "Z_norm = deviation / s", "Z_norm = Z / s"),
            Planted("mean square about 0", "np.mean(deviation**2", "np.mean(Z**2"),
            Planted(
                "caches the variance", "(Z_norm, gamma, s)", "(Z_norm, gamma, s**2)"
            ),
            Planted(
                "caches the deviation",
                "(Z_norm, gamma, s)",
                "(deviation, gamma, s)",
            ),
            Planted("other default", "epsilon", "1e-5"),
            Planted("ignores epsilon", "variance + epsilon", "variance + 1e-3"),
            Planted(
                "changes Z",
                body="Z -= Z.mean(axis=1, keepdims=True)\n"
                "s = np.sqrt(np.mean(Z**2, axis=1, keepdims=True) + epsilon)\n"
                "Z_norm = Z / s\nreturn gamma * Z_norm + beta, (Z_norm, gamma, s)",
            ),
        ],
        2: [
            Planted(
                "statistics are constants", "dvariance = ds / (2 * s)", "dvariance = 0"
            ),
            Planted("forgets the mean", "ddeviation + dmean / m", "ddeviation"),
            Planted(
                "constants",
                body=SIMPLE.format(dZ="gamma / s * dZ_tilde"),
            ),
            Planted("dmean not shared", "dmean / m", "dmean"),
            Planted("sign of ds", "ds = -np", "ds = np"),
            Planted("sign of dmean", "dmean = -np", "dmean = np"),
            Planted("root", "ds / (2 * s)", "ds / s"),
            Planted("root the wrong way up", "ds / (2 * s)", "ds * 2 * s"),
            Planted("no 2", "2 / m * (s", "1 / m * (s"),
            Planted("no 1/m", "2 / m * (s", "2 * (s"),
            Planted("Z_norm for d", "(s * Z_norm)", "Z_norm"),
            Planted("no gamma", "dZ_norm = gamma * dZ_tilde", "dZ_norm = dZ_tilde"),
            Planted("d / s", "keepdims=True) / s  #", "keepdims=True)  #"),
            Planted("m is the units", "dZ_tilde.shape[1]", "dZ_tilde.shape[0]"),
            Planted("axis", "axis=1", "axis=0", count=4),
            Planted(
                "forgotten keepdims",
                "dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)",
                "dbeta = np.sum(dZ_tilde, axis=1)",
            ),
            Planted(
                "dgamma without Z_norm",
                "dgamma = np.sum(dZ_tilde * Z_norm,",
                "dgamma = np.sum(dZ_tilde,",
            ),
            Planted(
                "dgamma as a mean",
                "dgamma = np.sum(dZ_tilde * Z_norm,",
                "dgamma = np.mean(dZ_tilde * Z_norm,",
            ),
            Planted(
                "dbeta as a mean", "dbeta = np.sum(dZ_tilde", "dbeta = np.mean(dZ_tilde"
            ),
            Planted(
                "order",
                "dgamma, dbeta\n" if False else "dmean / m, dgamma, dbeta",
                "dmean / m, dbeta, dgamma",
            ),
            Planted(
                "closed form, plus",
                body=SIMPLE.format(dZ=f"gamma / s * (dZ_tilde - {MEAN} + {ALONG})"),
            ),
            Planted(
                "closed form, sums for means",
                body=SIMPLE.format(
                    dZ="gamma / s * (dZ_tilde - dbeta - Z_norm * dgamma)"
                ),
            ),
            Planted(
                "closed form, not over s",
                body=SIMPLE.format(dZ=f"gamma * (dZ_tilde - {MEAN} - {ALONG})"),
            ),
        ],
        3: [
            Planted(
                "the gradient subtracts", "length_after = 5.0", "length_after = -1.0"
            ),
            Planted("lengths subtract", "length_after = 5.0", "length_after = 1.0"),
            Planted("lengths add", "length_after = 5.0", "length_after = 7.0"),
            Planted("unchanged", "length_after = 5.0", "length_after = 3.0"),
            Planted("short side", "length_after = 5.0", "length_after = np.sqrt(7)"),
            Planted("same", "gradient_doubled = 2.0", "gradient_doubled = 4.0"),
            Planted("doubled", "gradient_doubled = 2.0", "gradient_doubled = 8.0"),
            Planted("squared", "gradient_doubled = 2.0", "gradient_doubled = 1.0"),
            Planted("same rate", "rate_doubled = 4.0", "rate_doubled = 1.0"),
            Planted("only one of the two", "rate_doubled = 4.0", "rate_doubled = 2.0"),
            Planted("the wrong way", "rate_doubled = 4.0", "rate_doubled = 0.25"),
            Planted("about", "length_after = 5.0", "length_after = 5.1"),
            Planted("backwards", "rate_doubled = 4.0", "rate_doubled = -4.0"),
        ],
        4: [
            Planted("sign of by_mean", "by_mean = -gamma", "by_mean = gamma"),
            Planted(
                "sign of by_variance", "by_variance = -gamma", "by_variance = gamma"
            ),
            Planted(
                "swapped", "return by_mean, by_variance", "return by_variance, by_mean"
            ),
            Planted("column", " * np.ones_like(Z_norm)", ""),
            Planted("no gamma", "by_mean = -gamma / s", "by_mean = -1 / s"),
            Planted("no s", "by_variance = -gamma / s", "by_variance = -gamma"),
            Planted("sum", "along = np.mean", "along = np.sum"),
            Planted("sum of g", "dZ_tilde.mean(", "dZ_tilde.sum("),
            Planted("axis", "axis=1", "axis=0", count=2),
            Planted(
                "no Z_norm", " * along * Z_norm", " * along * np.ones_like(Z_norm)"
            ),
            Planted(
                "straight part too",
                "by_mean = -gamma / s * g_mean",
                "by_mean = gamma / s * (dZ_tilde - g_mean)",
            ),
            Planted(
                "mean moves b1? no",
                'b1_moves_without = "mean"',
                'b1_moves_without = "variance"',
            ),
            Planted(
                "variance keeps W1",
                'W1_grows_without = "variance"',
                'W1_grows_without = "mean"',
            ),
            Planted("half", "along = np.mean", "along = 0.5 * np.mean"),
            Planted(
                "same part twice",
                "return by_mean, by_variance",
                "return by_mean, by_mean",
            ),
        ],
        5: [
            Planted("rounded down", "np.ceil", "np.floor"),
            Planted("one too many", "int(np.ceil(np.log(0.01) / np.log(0.99)))", "460"),
            Planted("a hundred", "int(np.ceil(np.log(0.01) / np.log(0.99)))", "100"),
            Planted("ten per cent", "np.log(0.01)", "np.log(0.1)"),
            Planted("half weight", "np.log(0.01)", "np.log(0.5)"),
            Planted("the default", "np.floor(1000 * 0.01 ** (1 / 60)) / 1000", "0.99"),
            Planted("rounded up", "np.floor(1000", "np.ceil(1000"),
            Planted("nine tenths", "np.floor(1000 * 0.01 ** (1 / 60)) / 1000", "0.9"),
            Planted("no memory", "np.floor(1000 * 0.01 ** (1 / 60)) / 1000", "0.0"),
            Planted("linear", "np.floor(1000 * 0.01 ** (1 / 60)) / 1000", "1 - 1 / 60"),
            Planted("two digits", "np.floor(1000 * 0.01 ** (1 / 60)) / 1000", "0.92"),
            Planted("1 - p", "np.floor(1000 * 0.01 ** (1 / 60)) / 1000", "0.074"),
        ],
        6: [
            Planted("sign", "W[[j]] - W[[k]]", "W[[k]] - W[[j]]"),
            Planted("sign of c", "b[[j]] - b[[k]]", "b[[k]] - b[[j]]"),
            Planted("only class j", "(W[[j]] - W[[k]])", "W[[j]]"),
            Planted("sum", "W[[j]] - W[[k]]", "W[[j]] + W[[k]]"),
            Planted("warm twice", "(W[[j]] - W[[k]]) / t", "(W[[j]] - W[[k]]) * t"),
            Planted("cold bias", "(b[[j]] - b[[k]]) / temperature", "b[[j]] - b[[k]]"),
            Planted("flat", "(W[[j]] - W[[k]])", "(W[j] - W[k])"),
            Planted("c a vector", "(b[[j]] - b[[k]])", "(b[j] - b[k])"),
            Planted("columns", "(W[[j]] - W[[k]])", "(W[:, [j]] - W[:, [k]]).T"),
            Planted("no temperature", " / temperature", "", count=2),
            Planted(
                "squared", "/ temperature  # (1, n_x)", "/ temperature**2  # (1, n_x)"
            ),
            Planted("classes 1 and 0", "W[[j]] - W[[k]]", "W[[1]] - W[[0]]"),
        ],
    },
}
