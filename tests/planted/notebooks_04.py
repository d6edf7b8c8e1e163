"""Wrong answers to the exercises of notebooks/04_more_than_one_machine."""

from tests.planted import Planted

COMBINE = """\
k, m = len(shard_grads), sum(shard_sizes)
{before}return {{
    name: sum({term} for g, size in zip(shard_grads, {sizes}))
    for name in shard_grads[0]
}}"""


def combine(term: str, sizes: str = "shard_sizes", before: str = "") -> str:
    return COMBINE.format(term=term, sizes=sizes, before=before)


ALL_GATHER = """\
k, after = ring.k, [list(own) for own in chunks]
for r in range({rounds}):
    arrived = ring.exchange([{send} for w in range(k)])
    for w in range(k):
        {receive}
return after"""


def all_gather(
    send: str = "after[w][(w + 1 - r) % k]",
    receive: str = "after[w][(w - r) % k] = arrived[w]",
    rounds: str = "k - 1",
) -> str:
    return ALL_GATHER.format(send=send, receive=receive, rounds=rounds)


def decide(k=15, purchase="network", gain="1.65") -> str:
    return f"my_k = {k}\nmy_purchase = {purchase!r}\nmy_gain = {gain}"


def factors(sgd="8", clipped="1", adam="1") -> str:
    return f"sgd_factor = {sgd}\nclipped_factor = {clipped}\nadam_factor = {adam}"


PLANTED = {
    "notebooks/04_more_than_one_machine": {
        1: [
            Planted("the careless one", body=combine("g[name] / k")),
            Planted("missing 1/m", "size / m * ", "size * "),
            Planted("plain sum", "size / m * ", ""),
            Planted("weights upside down", "size / m * ", "m / size * "),
            Planted("wrong constant", "size / m * ", "size / len(shard_sizes) * "),
            Planted("weights and 1/k", body=combine("size / m * g[name] / k")),
            Planted(
                "other order", body=combine("size / m * g[name]", "shard_sizes[::-1]")
            ),
            Planted(
                "last forgotten", body=combine("size / m * g[name]", "shard_sizes[:-1]")
            ),
            Planted("integer division", "size / m * ", "size // m * "),
            Planted(
                "root of the sizes",
                body=combine(
                    "size / total * g[name]",
                    "[size**0.5 for size in shard_sizes]",
                    before="total = sum(size**0.5 for size in shard_sizes)\n",
                ),
            ),
            Planted("the largest shard", body="return dict(shard_grads[0])"),
            Planted(
                "largest size", body=combine("size / k / max(shard_sizes) * g[name]")
            ),
            Planted("sign", "size / m * ", "-size / m * "),
            Planted(
                "only the first layer",
                "for name in shard_grads[0]",
                "for name in list(shard_grads[0])[:2]",
            ),
            Planted(
                "the workers' own gradients changed",
                body=combine(
                    "g[name]",
                    before="for g, size in zip(shard_grads, shard_sizes):\n"
                    "    for name in g:\n"
                    "        g[name] *= size / m\n",
                ),
            ),
        ],
        2: [
            Planted("the first half again", "(w + 1 - r) % k", "(w - r) % k"),
            Planted("against the ring", "(w + 1 - r) % k", "(w + 1 + r) % k"),
            Planted("always its own chunk", "(w + 1 - r) % k", "(w + 1) % k"),
            Planted("stored one too far", "[(w - r) % k] =", "[(w + 1 - r) % k] ="),
            Planted("stored one too near", "[(w - r) % k] =", "[(w - 1 - r) % k] ="),
            Planted("added", "[(w - r) % k] =", "[(w - r) % k] +="),
            Planted("averaged", "= arrived[w]", "= arrived[w] / k"),
            Planted("off by one, too few", "range(k - 1)", "range(k - 2)"),
            Planted("off by one, too many", "range(k - 1)", "range(k)"),
            Planted(
                "old versions sent",
                body=all_gather(send="chunks[w][(w + 1 - r) % k]"),
            ),
            Planted(
                "everything sent",
                body=all_gather(
                    send="np.concatenate(after[w])",
                    receive="after[w][(w - r) % k] = np.array_split(arrived[w], k)"
                    "[(w - r) % k]",
                ),
            ),
            Planted(
                "past the wires",
                body="k = ring.k\n"
                "return [[chunks[c - 1][c] for c in range(k)] for _ in range(k)]",
            ),
            Planted(
                "added up on the spot",
                body="k = ring.k\n"
                "total = [sum(chunks[w][c] for w in range(k)) for c in range(k)]\n"
                "return [list(total) for _ in range(k)]",
            ),
            Planted("only worker 0", "for w in range(k):", "for w in range(1):"),
            Planted(
                "what was given changed",
                "[list(own) for own in chunks]",
                "chunks",
            ),
            Planted("unchanged", "return after", "return chunks"),
        ],
        3: [
            Planted("one too many", body=decide(k=16)),
            Planted("one too few", body=decide(k=14)),
            Planted("the fastest", body=decide(k=64)),
            Planted("half of 15", body=decide(k=8)),
            Planted("the most efficient", body=decide(k=1)),
            Planted("none", body=decide(k=0)),
            Planted("negative", body=decide(k=-3)),
            Planted("a fraction", body=decide(k=15.5)),
            Planted("gain of the 15", body=decide(gain="1.27")),
            Planted("gain less one", body=decide(gain="0.65")),
            Planted("faster waiting", body=decide(purchase="processors")),
            Planted(
                "faster waiting, its gain",
                body=decide(purchase="processors", gain="1.10"),
            ),
            Planted("doubled", body=decide(gain="2")),
            Planted("upside down", body=decide(gain="1 / 1.65")),
            Planted("sloppy", body=decide(gain="1.6")),
            Planted("another k", "step_time(64,", "step_time(my_k,", count=3),
            Planted(
                "small batch", "m_big = 5_000_000, 8192", "m_big = 5_000_000, 4096"
            ),
            Planted("small network", "n_big, m_big = 5", "n_big, m_big = n + 0 * 5"),
        ],
        4: [
            Planted("mean as always", body=factors(sgd="1")),
            Planted("upside down", body=factors(sgd="1 / 8")),
            Planted("square root", body=factors(sgd="8**0.5")),
            Planted("the examples", body=factors(sgd="25")),
            Planted("all examples", body=factors(sgd="200")),
            Planted("clipping grows too", body=factors(clipped="8")),
            Planted("clipping shrinks", body=factors(clipped="1 / 8")),
            Planted("Adam grows too", body=factors(adam="8")),
            Planted("Adam by the root", body=factors(adam="8**0.5")),
            Planted("Adam shrinks", body=factors(adam="1 / 8")),
        ],
    },
}
