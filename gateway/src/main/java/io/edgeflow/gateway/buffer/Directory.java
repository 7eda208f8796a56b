package io.edgeflow.gateway.buffer;

import io.edgeflow.gateway.disk.DirectoryOwner;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.journal.StoppedJournal;
import io.edgeflow.gateway.recorder.StoppedEdge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The data directory that a command looks at. Nothing in it is changed. */
final class Directory {
  /** A gateway at work deletes segments; so often is begun anew then. */
  private static final int ATTEMPTS = 3;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A gateway's data directory (dataDir), or a copy of one.")
  private Path path = Path.of("");

  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  Path path() {
    return path;
  }

  /** Who works in it now, as recorded there; empty if nobody does. */
  Optional<String> owner() throws IOException {
    return DirectoryOwner.of(StoppedJournal.lockFile(StoppedEdge.journalIn(path)));
  }

  /** For what must not change while it is read. */
  StoppedEdge openStopped() throws IOException {
    Optional<String> owner = owner();
    if (owner.isPresent()) {
      throw new IOException(
          path
              + " is in use by "
              + owner.get()
              + ": stop that gateway, or copy the directory and look at the copy");
    }
    return open();
  }

  /** Also while a gateway works in it: a picture of a moment. */
  StoppedEdge open() throws IOException {
    check();
    for (int attempt = 1; ; attempt++) {
      try {
        return StoppedEdge.open(new NioDisk(), path).orElseThrow(this::noJournal);
      } catch (NoSuchFileException deletedMeanwhile) {
        if (attempt == ATTEMPTS) {
          throw deletedMeanwhile;
        }
      }
    }
  }

  private void check() {
    if (!Files.isDirectory(path)) {
      throw new ParameterException(
          spec.commandLine(), path + " is no directory; name the dataDir of a gateway");
    }
  }

  private ParameterException noJournal() {
    String hint =
        isJournal()
            ? path + " is the journal itself; name the directory above it"
            : path + " holds no journal; name the dataDir of a gateway, which holds one";
    return new ParameterException(spec.commandLine(), hint);
  }

  private boolean isJournal() {
    try (Stream<Path> files = Files.list(path)) {
      return files.anyMatch(file -> file.toString().matches(".*seg-[0-9a-f]{16}\\.log"));
    } catch (IOException unreadable) {
      return false;
    }
  }
}
