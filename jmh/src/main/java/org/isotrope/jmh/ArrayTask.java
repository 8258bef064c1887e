package org.isotrope.jmh;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.isotrope.grids.Field;

/** A task on an array, whose result goes to a field when it is checked. */
record ArrayTask(float[] values, Field out, Task task) implements Task {
    @Override
    public void run() throws Throwable {
        task.run();
    }

    @Override
    public void deliver() {
        MemorySegment.copy(values, 0, out.segment(), ValueLayout.JAVA_FLOAT, 0, values.length);
    }
}
