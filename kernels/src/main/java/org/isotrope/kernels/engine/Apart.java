package org.isotrope.kernels.engine;

/**
 * The last parameter of methods that are to be compiled by themselves; always null. Where C2 inlines several loops over
 * vectors into one method, which it does by the order in which methods happen to become hot, it runs out of nodes and boxes
 * the vectors of all of them for good. It inlines no method whose signature names a class that cannot be found
 * ({@code InlineTree::should_not_inline}).
 *
 * <p>So there is no such class at run time: javac reads this source and writes no class file. A class that is merely not
 * loaded would not do, as the JVM loads all classes of a signature before C2 compiles the first method that has it
 * ({@code Method::load_signature_classes}), and goes on where one is missing. Reflection does not: it fails on the methods of
 * a class that has such a loop.
 *
 * <p>Methods that are too long for C2 to inline need none.
 */
public final class Apart {
    private Apart() {}
}
