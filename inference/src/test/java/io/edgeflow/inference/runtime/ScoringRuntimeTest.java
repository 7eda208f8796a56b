package io.edgeflow.inference.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoringRuntimeTest {
  /** On a machine with a GPU and its build of the runtime another one may be chosen: so no name. */
  @Test
  void theFirstProviderThatWorksIsChosenAndTheOthersSayWhyNot() throws Exception {
    ScoringRuntime runtime = ScoringRuntime.open(RuntimeSettings.defaults());

    List<ProviderAttempt> attempts = runtime.attempts();
    assertEquals(runtime.provider(), attempts.getLast().provider());
    assertTrue(attempts.getLast().refusal().isEmpty());
    for (ProviderAttempt refused : attempts.subList(0, attempts.size() - 1)) {
      assertFalse(refused.refusal().orElse("").isBlank(), refused.toString());
    }
    assertTrue(runtime.toString().startsWith("Scoring on " + runtime.provider()));
  }

  @Test
  void withoutAProviderItSaysWhyEachOneWasRefused() throws Exception {
    TestRuntime.get();
    List<ExecutionProvider> missing =
        List.of(ExecutionProvider.TENSORRT, ExecutionProvider.CUDA).stream()
            .filter(p -> !OrtEnvironment.getAvailableProviders().contains(p.library()))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    var settings = RuntimeSettings.defaults().with(ThreadBudget.halfTheCores(), missing);

    var failure =
        assertThrows(RuntimeUnavailableException.class, () -> ScoringRuntime.open(settings));

    for (ExecutionProvider provider : missing) {
      assertTrue(
          failure.toString().contains(provider + ": this build of ONNX Runtime does not have it"),
          failure.toString());
    }
  }

  @Test
  void halfOfTheCoresAtLeastOne() {
    assertEquals(new ThreadBudget(1), ThreadBudget.ofCores(1));
    assertEquals(new ThreadBudget(1), ThreadBudget.ofCores(3));
    assertEquals(new ThreadBudget(8), ThreadBudget.ofCores(16));
    assertThrows(IllegalArgumentException.class, () -> new ThreadBudget(0));
  }

  /**
   * What ONNX Runtime does for its usage reports kills a process with a long command line, so one
   * that lives makes none. The library must be loaded anew for that, hence a process of its own.
   */
  @Test
  void theLibrariesReportToNobody(@TempDir Path directory) throws Exception {
    Path output = directory.resolve("output");
    int exit = openInAnotherProcess(directory, output, "a/path/that/is/long:".repeat(5_000));

    assertEquals(0, exit, () -> read(output));
    assertTrue(read(output).contains("OPT_OUT_TRACKING=true"), () -> read(output));
    assertFalse(Files.exists(directory.resolve(".cache")), "a store for usage reports");
  }

  /** A library that is there and whole is used as it is; one that was cut off is replaced. */
  @Test
  void theLibrariesAreUnpackedOnce(@TempDir Path directory) throws Exception {
    Path output = directory.resolve("output");
    Path kept = directory.resolve("kept");
    assertEquals(0, openInAnotherProcess(directory, output, kept.toString()), () -> read(output));
    Path library = library(kept);
    long size = Files.size(library);
    FileTime written = Files.getLastModifiedTime(library);

    assertEquals(0, openInAnotherProcess(directory, output, kept.toString()), () -> read(output));
    assertEquals(written, Files.getLastModifiedTime(library));
    try (Stream<Path> others = Files.list(directory)) {
      assertEquals(Set.of(output, kept), others.collect(Collectors.toSet()));
    }

    Files.write(library, new byte[1000]);
    assertEquals(0, openInAnotherProcess(directory, output, kept.toString()), () -> read(output));
    assertEquals(size, Files.size(library));
  }

  private static Path library(Path kept) throws IOException {
    String name = System.mapLibraryName("onnxruntime");
    try (Stream<Path> files = Files.walk(kept)) {
      return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }

  private static int openInAnotherProcess(Path directory, Path output, String argument)
      throws Exception {
    var command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + directory,
                "--enable-native-access=ALL-UNNAMED",
                OpenAndExit.class.getName(),
                argument)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    command.environment().put("HOME", directory.toString());
    command.environment().remove("ORT_DISABLE_TELEMETRY");
    return command.start().waitFor();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static final class OpenAndExit {
    private OpenAndExit() {}

    public static void main(String[] args) throws Exception {
      RuntimeSettings settings = RuntimeSettings.defaults();
      boolean keep = args[0].endsWith("kept");
      ScoringRuntime runtime =
          ScoringRuntime.open(
              keep
                  ? new RuntimeSettings(
                      settings.threads(),
                      settings.providers(),
                      Optional.empty(),
                      Optional.of(Path.of(args[0])))
                  : settings);
      System.out.println(runtime + " OPT_OUT_TRACKING=" + System.getProperty("OPT_OUT_TRACKING"));
    }
  }
}
