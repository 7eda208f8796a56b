package io.edgeflow.cloud.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** As whom the PostgreSQL programs run: they refuse to be root. */
sealed interface Privilege {
  /** The command that runs the given one with this privilege. */
  List<String> wrap(List<String> command);

  /** Lets the programs use a folder of ours and all below it. */
  void own(Path folder) throws IOException;

  /** As ourselves, where we are not root. */
  record Ourselves() implements Privilege {
    @Override
    public List<String> wrap(List<String> command) {
      return command;
    }

    @Override
    public void own(Path folder) {}
  }

  /**
   * In a user namespace without a mapping: the kernel still sees the owner of our files, the
   * programs see nobody, and no folder on the way needs to be opened to others.
   */
  record Namespace() implements Privilege {
    @Override
    public List<String> wrap(List<String> command) {
      return prefixed(List.of("unshare", "--user"), command);
    }

    @Override
    public void own(Path folder) {}
  }

  /** As another user, where namespaces are forbidden. That user owns the folder then. */
  record OtherUser(String id) implements Privilege {
    @Override
    public List<String> wrap(List<String> command) {
      return prefixed(
          List.of("setpriv", "--reuid", id, "--regid", id, "--clear-groups", "--"), command);
    }

    @Override
    public void own(Path folder) throws IOException {
      Command.run(EmbeddedPostgres.PATIENCE, List.of("chown", "-R", id + ":" + id, "" + folder));
    }
  }

  /** The id of `nobody` everywhere that matters; no account is needed for it. */
  String NOBODY = "65534";

  static Privilege detect() throws IOException {
    if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      return new Ourselves();
    }
    if (Command.tryRun("unshare", "--user", "true")) {
      return new Namespace();
    }
    if (Command.tryRun("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "true")) {
      return new OtherUser(NOBODY);
    }
    throw new IOException(
        "PostgreSQL refuses to run as root, and neither unshare nor setpriv works here: start the"
            + " cloud as another user or set database.url to a server");
  }

  private static List<String> prefixed(List<String> prefix, List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return List.copyOf(all);
  }
}
