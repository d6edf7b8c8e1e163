"""Wrong answers planted in notebooks/02_backprop_on_a_graph."""

from tests.planted import Planted

SIMPLE_ORDER = """\
order = []


def visit(node):
    for parent in node.parents:
        visit(parent)
    {add}


visit(output)
return order"""

LINE = """\
order, seen = [output], {output}
for node in order:
    for parent in node.parents:
        if parent not in seen:
            seen.add(parent)
            order.append(parent)
"""

MOVED = """\
order = [output]
for node in order:
    for parent in node.parents:
        if parent in order:
            order.remove(parent)
        order.append(parent)
return order[::-1]"""

SWEEP_BACK = """\
order = topological_order(output)
grad = dict.fromkeys(order, 0.0)
grad[output] = 1.0
for node in reversed(order):
    for parent, slope in zip(node.parents, node.slopes, strict=True):
        grad[parent] += slope * grad[node]
return grad.get(source, 0.0)"""

SWEEP_AND_HIDE = """\
order = topological_order(output)
backward(output)
answer = source.grad if source in order else 0.0
for node in order:
    node.grad = None
return answer"""

PLANTED = {
    "notebooks/02_backprop_on_a_graph": {
        1: [
            Planted(
                "a path forgotten", "[1 * 6, 2 * 1 * 6, 2 * 9]", "[1 * 6, 2 * 1 * 6]"
            ),
            Planted("slopes added", "2 * 1 * 6, 2 * 9", "2 + 1 + 6, 2 + 9"),
            Planted("values multiplied", "2 * 1 * 6", "3 * 6 * 9"),
            Planted("the total", "[1 * 6, 2 * 1 * 6, 2 * 9]", "36"),
            Planted("factors swapped", "2 * 9]", "2 * 6]"),
            Planted("last link forgotten", "[1 * 6,", "[1,"),
            Planted("u only directly", "1 * 6 + 9", "9"),
            Planted("u only through v", "1 * 6 + 9", "1 * 6"),
            Planted("u: product", "1 * 6 + 9", "1 * 6 * 9"),
            Planted("y: slope of the wrong factor", "3 * slope_u", "2 * slope_u"),
            Planted("y: one path", "3 * slope_u", "3 * 9"),
            Planted("sloppy", "1 * 6 + 9", "15.1"),
        ],
        2: [
            Planted(
                "log: its own slope", "(1 / node.value,)", "(math.log(node.value),)"
            ),
            Planted("log: base ten", "math.log(node.value)", "math.log10(node.value)"),
            Planted("log: slope x", "(1 / node.value,)", "(node.value,)"),
            Planted("log: sign", "(1 / node.value,)", "(-1 / node.value,)"),
            Planted("tanh: square of the input", "1 - value**2", "1 - node.value**2"),
            Planted("tanh: sigmoid's slope", "1 - value**2", "value * (1 - value)"),
            Planted("tanh: no square", "1 - value**2", "1 - value"),
            Planted("tanh: plus", "1 - value**2", "1 + value**2"),
            Planted(
                "tanh: no parent", '(node,), (1 - value**2,), "tanh"', '(), (), "t"'
            ),
            Planted("relu: slope at the kink", "node.value > 0", "node.value >= 0"),
            Planted("relu: slope 1 everywhere", "else 0.0", "else 1.0"),
            Planted("relu: a step", "slope * node.value", "slope"),
            Planted("relu: slope is the value", "(slope,)", "(slope * node.value,)"),
            Planted("relu: leaky", "else 0.0", "else 0.01"),
            Planted("relu: from one on", "node.value > 0", "node.value > 1"),
            Planted(
                "relu: slope is the value up to one",
                "1.0 if node.value > 0 else 0.0",
                "min(1.0, max(0.0, node.value))",
            ),
        ],
        3: [
            Planted("the waiting line, reversed", body=LINE + "return order[::-1]"),
            Planted("the waiting line", body=LINE + "return order"),
            Planted("from the output on", "return order", "return order[::-1]"),
            Planted("without the output", "return order", "return order[:-1]"),
            Planted(
                "without the inputs",
                "return order",
                "return [n for n in order if n.parents]",
            ),
            Planted("nodes twice", body=SIMPLE_ORDER.format(add="order.append(node)")),
            Planted(
                "once, but along every path",
                body=SIMPLE_ORDER.format(
                    add="order.append(node) if node not in order else None"
                ),
            ),
            Planted(
                "node before its parents",
                body=SIMPLE_ORDER.replace("    {add}\n", "").replace(
                    "    for parent",
                    "    order.append(node) if node not in order else None\n"
                    "    for parent",
                )
                + "[::-1]",
            ),
            Planted(
                "sorted by value",
                body=LINE + "return sorted(order, key=lambda n: n.value)",
            ),
            Planted("only the first parent", "node.parents if", "node.parents[:1] if"),
            Planted("a set", "return order", "return set(order)"),
            Planted("moved back while walking", body=MOVED),
        ],
        4: [
            Planted("source forgotten", "{source: 1.0}", "{source: 0.0}"),
            Planted("source overwritten", "node is not source", "True"),
            Planted(
                "last arrow wins",
                "sum(slope * rate[parent] for parent, slope in arrows)",
                "([0.0] + [slope * rate[parent] for parent, slope in arrows])[-1]",
            ),
            Planted("slopes added", "slope * rate[parent]", "slope + rate[parent]"),
            Planted("slopes forgotten", "slope * rate[parent]", "rate[parent]"),
            Planted("rate of the source", "rate[output]", "rate[source]"),
            Planted("all rates", "return rate[output]", "return rate"),
            Planted(
                "backward order",
                "topological_order(output)",
                "topological_order(output)[::-1]",
            ),
            Planted("backward pass", body="backward(output)\nreturn source.grad"),
            Planted(
                "value times slope", "slope * rate[parent]", "slope * parent.value"
            ),
            Planted(
                "all inputs move",
                "rate = {source: 1.0}",
                "rate = {n: 1.0 for n in topological_order(output) if not n.parents}\n"
                "source = None",
            ),
            Planted("backward with its own grads", body=SWEEP_BACK),
            Planted("backward, grads removed", body=SWEEP_AND_HIDE),
            Planted("path by path", body="return sum(path_products(output, source))"),
            Planted(
                "one path",
                body="""\
rate = 1.0
node = output
while node is not source:
    if not node.parents:
        return 0.0
    rate *= node.slopes[0]
    node = node.parents[0]
return rate""",
            ),
        ],
        5: [
            Planted(
                "no examples", "n_out * n_in * m  # every", "n_out * n_in  # every"
            ),
            Planted(
                "bias not added",
                "n_out * n_in * m  # `neuron`",
                "n_out * (n_in - 1) * m  # `neuron`",
            ),
            Planted(
                "one addition more",
                "n_out * n_in * m  # `neuron`",
                "n_out * (n_in + 1) * m  # `neuron`",
            ),
            Planted(
                "additions of the bias only",
                "n_out * n_in * m  # `neuron`",
                "n_out * m  # `neuron`",
            ),
            Planted("a weight is used once", "additions, m, m", "additions, 1, m"),
            Planted("a bias is used once", "additions, m, m", "additions, m, 1"),
            Planted(
                "a bias meets all units", "additions, m, m", "additions, m, n_out * m"
            ),
            Planted("an input is used m times", "m, n_out", "m, m"),
            Planted("an input meets its kind", "m, n_out", "m, n_in"),
            Planted("weight and input swapped", "m, m, n_out", "n_out, m, m"),
            Planted("four numbers", "additions, m, m", "additions, m"),
        ],
    },
}
