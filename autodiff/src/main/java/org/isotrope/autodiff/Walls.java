package org.isotrope.autodiff;

import org.isotrope.kernels.Space;

/**
 * Values at walls and other lists of nodes: taken from a field, where measurements are made, or put into one, where
 * boundary data are prescribed. An operator applied to a field with its wall values put in is a problem with boundary
 * data that are variables of the tape.
 */
public final class Walls {
    private Walls() {}

    /**
     * The values of a field at some nodes.
     *
     * @param x the field
     * @param nodes of its grid
     * @return {@code nodes.count()} values a component, component after component
     */
    public static ArrayVariable trace(FieldVariable x, NodeList nodes) {
        Tape tape = x.tape();
        requireGrid(x, nodes);
        tape.use(x);
        ArrayVariable y = tape.array(nodes.count() * x.value().components(), x.isDifferentiable());
        return tape.record(y, new TraceNode(nodes, x, y));
    }

    /**
     * A field with its values at some nodes replaced.
     *
     * @param x the field; its own values at these nodes have no effect
     * @param nodes of its grid
     * @param values {@code nodes.count()} values a component, component after component
     * @return the field with the values put in
     */
    public static FieldVariable replace(FieldVariable x, NodeList nodes, ArrayVariable values) {
        Tape tape = x.tape();
        requireGrid(x, nodes);
        Space space = x.space();
        int count = nodes.count() * space.components();
        if (values.size() != count) {
            throw new IllegalArgumentException("values are " + values.size() + "; there had to be " + count
                    + ", one for each component at each node");
        }
        tape.use(x);
        tape.use(values);
        FieldVariable y = tape.result(space, x.isDifferentiable() || values.isDifferentiable());
        return tape.record(y, new ReplaceNode(nodes, x, values, y));
    }

    private static void requireGrid(FieldVariable x, NodeList nodes) {
        if (!nodes.grid().equals(x.value().grid())) {
            throw new IllegalArgumentException("nodes are of another grid:\n" + nodes.grid() + "\nit had to be\n"
                    + x.value().grid());
        }
    }
}
