package dev.mooring.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Tasks that start at the same moment, so that they race. */
public final class Together {
    private Together() {}

    /** What the tasks answer; as many threads must be free as there are tasks. */
    public static <T> List<T> run(ExecutorService threads, List<Callable<T>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        List<Future<T>> answers = new ArrayList<>();
        for (Callable<T> task : tasks) {
            answers.add(threads.submit(() -> {
                start.await();
                return task.call();
            }));
        }
        List<T> all = new ArrayList<>();
        for (Future<T> answer : answers) {
            all.add(answer.get());
        }
        return all;
    }
}
