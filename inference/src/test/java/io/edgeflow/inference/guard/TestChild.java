package io.edgeflow.inference.guard;

import io.edgeflow.inference.guard.ChildFrames.Load;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.Scorer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CountDownLatch;

/** A child that does what the first value of the rows says, else {@code y = x + 1}. */
final class TestChild implements ChildServer.Loader {
  static final float HALT = 1001;
  static final float HANG = 1002;
  static final float NONSENSE = 1003;
  static final float CHATTER = 1004;
  static final float GREED = 1005;
  static final float NOT_A_NUMBER = 1006;
  static final float ERROR = 1007;

  private TestChild() {}

  public static void main(String[] args) {
    ChildServer.serve(new TestChild());
    Runtime.getRuntime().halt(0);
  }

  @Override
  public Scorer load(Load request) {
    if (request.graph().endsWith("deadly.onnx")) {
      Runtime.getRuntime().halt(7);
    }
    if (request.graph().endsWith("endless.onnx")) {
      Deaf.await(new CountDownLatch(1));
    }
    return new Obedient(request.spec());
  }

  private record Obedient(ModelSpec spec) implements Scorer {
    @Override
    public float[] score(float[] rows, int count) {
      float order = rows[0];
      if (order == HALT) {
        Runtime.getRuntime().halt(3);
      } else if (order == HANG) {
        hang();
      } else if (order == NONSENSE) {
        return new float[rows.length + 1];
      } else if (order == CHATTER) {
        System.out.println("a library says something on standard output");
      } else if (order == ERROR) {
        throw new OutOfMemoryError("on purpose");
      } else if (order == GREED) {
        take(400L << 20);
      }
      float[] scores = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        scores[i] = order == NOT_A_NUMBER ? Float.NaN : rows[i] + 1;
      }
      return scores;
    }

    private static void hang() {
      Deaf.await(new CountDownLatch(1));
    }

    /** As a native library does, of which the virtual machine knows nothing. */
    private static void take(long bytes) {
      MemorySegment memory = Arena.global().allocate(bytes);
      memory.fill((byte) 1);
    }

    @Override
    public void close() {}
  }
}
