package io.edgeflow.models.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.process.application.ApplicationManifest;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model application}. */
@Command(
    name = "application",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the bundle of a program's version, which edges install as they take models.",
      "",
      "Either an image by its digest, which edges pull; or a package, which travels in the bundle:"
          + " a .tar.gz is unpacked, a .deb installed; or both, the archive of an image and its"
          + " id.",
      "  edgeflow model application edgeflow-node 1.4.2 --package edgeflow-1.4.2.tar.gz",
      "  edgeflow model application edgeflow-node 1.4.2 \\",
      "    --image registry.example.com/plant/edgeflow@sha256:...",
      "",
      "The version must be what the program says of itself (/api/v1/status): an edge that hears "
          + "another one goes back. Then: 'model sign' and 'model publish'.",
      ""
    })
final class Application implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The program: edgeflow-node.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "VERSION", description = "1.4.2")
  private String version = "";

  @Option(
      names = "--image",
      paramLabel = "REF@sha256:...",
      description = "An image by its digest; with --package by its id, sha256:...")
  private @Nullable String image;

  @Option(
      names = "--package",
      paramLabel = "FILE",
      description = "A .tar.gz or .deb; with --image a .tar, as 'docker image save' writes it.")
  private @Nullable Path file;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "A new folder (default: NAME-VERSION).")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    ApplicationManifest manifest = manifest();
    Path folder = out == null ? Path.of(name + "-" + version) : out;
    if (file != null && !Files.isRegularFile(file)) {
      throw wrong(file + " is no file");
    }
    if (Files.exists(folder)) {
      throw wrong(folder + " is there already; name a new folder with --out");
    }
    Files.createDirectories(folder);
    if (file != null) {
      Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
    }
    Files.write(folder.resolve(ApplicationManifest.FILE), manifest.text().getBytes(UTF_8));
    spec.commandLine().getOut().println(folder + ": " + name + " " + version);
    spec.commandLine().getOut().flush();
    return ExitCodes.DONE;
  }

  private ApplicationManifest manifest() {
    try {
      return new ApplicationManifest(
          ApplicationManifest.SCHEMA,
          ApplicationManifest.KIND,
          name,
          version,
          Optional.ofNullable(image),
          Optional.ofNullable(file).map(path -> String.valueOf(path.getFileName())));
    } catch (IllegalArgumentException rules) {
      throw wrong(rules.getMessage());
    }
  }

  private ParameterException wrong(@Nullable String what) {
    return new ParameterException(spec.commandLine(), String.valueOf(what));
  }
}
