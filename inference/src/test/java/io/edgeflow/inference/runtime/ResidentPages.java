package io.edgeflow.inference.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system has given this process, in memory that is really there. */
public final class ResidentPages {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE = 4096;

  private ResidentPages() {}

  public static boolean known() {
    return Files.exists(STATM);
  }

  /** Bytes, after a collection: garbage is no leak. */
  public static long bytes() throws IOException {
    System.gc();
    return Long.parseLong(Files.readString(STATM).split(" ")[1]) * PAGE;
  }
}
