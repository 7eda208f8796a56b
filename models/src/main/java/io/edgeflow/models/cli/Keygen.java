package io.edgeflow.models.cli;

import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.KeyDocument.Publisher;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.VerifyingKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model keygen}. */
@Command(
    name = "keygen",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the keys that models are signed with, and says whose signatures count.",
      "",
      "A folder of keys has a root (root.key), which signs nothing but who may publish: keep it"
          + " offline. Each edge pins root.pub. keys.json names the publishers; it is public, and"
          + " every change adds a document to it that the root signs. Publishers sign models with"
          + " NAME.key.",
      "  edgeflow model keygen keys --add ada         the first time: a root too",
      "  edgeflow model keygen keys --add bob --for 365d",
      "  edgeflow model keygen keys --add-controller cloud",
      "    cloud.key may tell edges what to run: for the cloud (deploy.signingKey)",
      "  edgeflow model keygen keys --remove ada      what she signed counts no longer",
      "  edgeflow model keygen keys --new-root        the old one keeps nothing",
      "",
      "Exits with 1 if keys.json is not what root.pub and root.key make of it.",
      ""
    })
final class Keygen implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

  @Parameters(index = "0", paramLabel = "DIR", description = "The folder of keys.")
  private Path folder = Path.of("");

  @Option(
      names = "--add",
      paramLabel = "NAME",
      description = "A publisher: 1 to 32 of a-z 0-9 _ -.")
  private @Nullable String added;

  @Option(
      names = "--add-controller",
      paramLabel = "NAME",
      description = "A cloud, which may tell edges what to run: 1 to 32 of a-z 0-9 _ -.")
  private @Nullable String addedController;

  @Option(names = "--remove", paramLabel = "NAME", description = "A publisher or a controller.")
  private @Nullable String removed;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "How long the added key's signatures count: 365d. Otherwise without end.")
  private @Nullable Duration validFor;

  @Option(names = "--new-root", description = "Replaces the root by a new one.")
  private boolean newRoot;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    check();
    Files.createDirectories(folder);
    var files = new KeyFiles(folder);
    KeyChain.Read read = Files.exists(files.chain()) ? known(files) : begun(files);
    return switch (read) {
      case KeyChain.Refused(var refusal) -> {
        spec.commandLine().getErr().println(files.chain() + ": " + refusal);
        yield ExitCodes.FAILED;
      }
      case KeyChain.Good(KeyChain chain, KeyDocument newest) -> {
        changed(files, chain, newest);
        yield ExitCodes.DONE;
      }
    };
  }

  private void check() {
    if (added == null && addedController == null && removed == null && !newRoot) {
      throw new ParameterException(
          spec.commandLine(), "say --add, --add-controller, --remove or --new-root");
    }
    check("--add", added);
    check("--add-controller", addedController);
  }

  private void check(String option, @Nullable String name) {
    if (name != null && (!NAME.matcher(name).matches() || name.equals("root"))) {
      throw new ParameterException(
          spec.commandLine(), option + " must be 1 to 32 of a-z 0-9 _ -, and not root");
    }
  }

  private static KeyChain.Read known(KeyFiles files) throws IOException {
    return KeyChain.read(Files.readAllBytes(files.chain()), KeyFiles.verifying(files.pinned()), 0);
  }

  private KeyChain.Read begun(KeyFiles files) throws IOException {
    SigningKey root = SigningKey.generate();
    files.keep(files.root(), root);
    Files.writeString(files.pinned(), root.verifying() + "\n");
    KeyChain chain = KeyChain.begin(root);
    files.write(chain);
    return KeyChain.read(Files.readAllBytes(files.chain()), root.verifying(), 0);
  }

  private void changed(KeyFiles files, KeyChain chain, KeyDocument newest) throws IOException {
    SigningKey root = KeyFiles.signing(files.root());
    if (!newest.roots().contains(root.verifying())) {
      throw new IOException(
          files.root()
              + " is not the root that keys.json names; where a change of roots was cut off, that"
              + " is "
              + files.secret("root-" + newest.number()));
    }
    Map<String, Publisher> publishers = new TreeMap<>(newest.publishers());
    Map<String, Publisher> controllers = new TreeMap<>(newest.controllers());
    if (removed != null
        && publishers.remove(removed) == null
        && controllers.remove(removed) == null) {
      throw new ParameterException(
          spec.commandLine(),
          "nobody is called "
              + removed
              + ", there are the publishers "
              + publishers.keySet()
              + " and the controllers "
              + controllers.keySet());
    }
    add(files, added, publishers);
    add(files, addedController, controllers);
    SigningKey next = newRoot ? SigningKey.generate() : root;
    var document =
        new KeyDocument(1, newest.number() + 1, List.of(next.verifying()), publishers, controllers);
    if (newRoot) {
      // Both are there until keys.json is written: a crash between loses neither.
      Path old = files.secret("root-" + newest.number());
      Files.move(files.root(), old);
      files.keep(files.root(), next);
    }
    files.write(chain.then(document, root));
    print(files, document, next.verifying());
  }

  private void add(KeyFiles files, @Nullable String name, Map<String, Publisher> to)
      throws IOException {
    if (name != null) {
      SigningKey key = SigningKey.generate();
      Path secret = files.secret(name);
      try {
        files.keep(secret, key);
      } catch (FileAlreadyExistsException there) {
        throw new IOException(
            secret
                + " is there already, and a key is never written over: take another name, or move"
                + " it away for a new key of this name",
            there);
      }
      to.put(name, new Publisher(key.verifying(), notAfter()));
    }
  }

  private long notAfter() {
    return Optional.ofNullable(validFor)
        .map(time -> Instant.now().plus(time).toEpochMilli())
        .orElse(0L);
  }

  private void print(KeyFiles files, KeyDocument document, VerifyingKey root) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("key document " + document.number() + " in " + files.chain());
    out.println("root: " + root.id());
    print(out, "publisher", document.publishers());
    print(out, "controller", document.controllers());
    out.println("edges and clouds pin " + files.pinned() + " (deploy.root)");
    document
        .controllers()
        .keySet()
        .forEach(
            name ->
                out.println("a cloud signs with " + files.secret(name) + " (deploy.signingKey)"));
    out.println("next: edgeflow model publish DIR --key NAME.key --keys " + files.chain());
    out.flush();
  }

  private static void print(PrintWriter out, String what, Map<String, Publisher> keys) {
    keys.forEach(
        (name, one) ->
            out.println(
                what
                    + ": "
                    + name
                    + " "
                    + one.key().id()
                    + (one.notAfter() == 0
                        ? ""
                        : " until " + Instant.ofEpochMilli(one.notAfter()))));
  }
}
