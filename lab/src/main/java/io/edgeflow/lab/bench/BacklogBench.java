package io.edgeflow.lab.bench;

import io.edgeflow.lab.sim.Sizes;
import io.edgeflow.lab.sim.Units;
import io.edgeflow.process.settings.ByteSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a sealed file costs over the disk: the same bytes, on the same disk. */
@Command(
    name = "backlog",
    mixinStandardHelpOptions = true,
    header = "Sealing frames and reading them against a bare file of the same bytes.",
    description = {
      "Frames sealed into a file, read back, renamed and synced, against a bare write and force",
      "of the same bytes; and every frame read, against a bare read, both from the page cache."
    })
public final class BacklogBench implements Callable<Integer> {
  private static final int WARM_UP_ROUNDS = 2;
  private static final double MIB = 1 << 20;

  @Option(
      names = "--frame",
      paramLabel = "SIZE",
      defaultValue = "64KiB",
      converter = Sizes.class,
      description = "About so large is a frame, 100B to 1MB (default: ${DEFAULT-VALUE}).")
  private ByteSize frame = new ByteSize(0);

  @Option(
      names = "--backlog",
      paramLabel = "SIZE",
      defaultValue = "32MiB",
      converter = Sizes.class,
      description = "So much goes into the file, 1MiB to 1GiB (default: ${DEFAULT-VALUE}).")
  private ByteSize size = new ByteSize(0);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Rounds, of which the median counts (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @SuppressWarnings("UnusedVariable") // Picocli reads its footer.
  @Mixin
  private Units units = new Units();

  @Mixin private BenchFolder folder = new BenchFolder();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** MiB of frames per second, medians, and the size of the file over that of its frames. */
  private record Result(
      int frames, double seal, double write, double read, double bareRead, double growth) {}

  @Override
  public Integer call() throws IOException {
    require(frame.bytes() >= 100 && frame.bytes() <= 1_000_000, "--frame is not 100B to 1MB");
    require(size.bytes() >= 1 << 20 && size.bytes() <= 1 << 30, "--backlog is not 1MiB to 1GiB");
    require(size.bytes() / frame.bytes() <= 50_000, "that is more than 50000 frames");
    require(rounds >= 1 && rounds <= 1_000, "--rounds is not 1 to 1000");
    Result result = measure();
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? asJson(result) : asText(result));
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), fault);
    }
  }

  private int frameBytes() {
    return Math.toIntExact(frame.bytes());
  }

  private Result measure() throws IOException {
    double[][] nanos = new double[4][rounds];
    double growth = 0;
    try (BacklogWork work =
        new BacklogWork(folder.create("bench-backlog-"), frameBytes(), size.bytes())) {
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        BacklogWork.Sealed sealed = work.seal();
        double[] measured = {
          sealed.nanos(), work.bareWrite(), work.read(sealed.file()), work.bareRead()
        };
        growth = sealed.file().bytes() / (double) work.bytes();
        work.delete(sealed.file());
        for (int side = 0; side < measured.length && round >= 0; side++) {
          nanos[side][round] = measured[side];
        }
      }
      double mib = work.bytes() / MIB * 1e9;
      return new Result(
          work.frames(),
          mib / median(nanos[0]),
          mib / median(nanos[1]),
          mib / median(nanos[2]),
          mib / median(nanos[3]),
          growth);
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private String asText(Result r) {
    return String.format(
        Locale.ROOT,
        """
        backlog: %,d frames of about %,d bytes, %s, medians of %d rounds
          sealed     %,8.0f MiB/s  bare write and force %,8.0f MiB/s  ratio %5.2f
          read       %,8.0f MiB/s  bare read            %,8.0f MiB/s  ratio %5.2f
          the file is %.3f times as large as its frames\
        """,
        r.frames,
        frameBytes(),
        size,
        rounds,
        r.seal,
        r.write,
        r.seal / r.write,
        r.read,
        r.bareRead,
        r.read / r.bareRead,
        r.growth);
  }

  private String asJson(Result r) {
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"backlog\",\"frames\":%d,\"frameBytes\":%d,\"sealMibPerSecond\":%.1f,"
            + "\"bareWriteMibPerSecond\":%.1f,\"readMibPerSecond\":%.1f,"
            + "\"bareReadMibPerSecond\":%.1f,\"growth\":%.4f}",
        r.frames,
        frameBytes(),
        r.seal,
        r.write,
        r.read,
        r.bareRead,
        r.growth);
  }
}
