package io.edgeflow.gateway.syncnode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.gateway.syncnode.Machine.Staged;
import io.edgeflow.process.application.ApplicationManifest;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.Statement.SignedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a version of a bundle. The bundle lies where the gateway may write: every byte is copied
 * first, and the copy is what is checked and used.
 */
final class Stager {
  static final String SIGNATURES = "signatures.json";
  static final String IMAGE_FILE = "image.env";
  static final String PROGRAM_FOLDER = "program";
  private static final int MAX_SIGNATURES = 1 << 20;
  private static final int BUFFER = 64 * 1024;

  private final VersionStore store;
  private final Trust trust;
  private final Tools tools;
  private final SyncNodeConfig config;

  Stager(VersionStore store, Trust trust, Tools tools, SyncNodeConfig config) {
    this.store = store;
    this.trust = trust;
    this.tools = tools;
    this.config = config;
  }

  /** Why a bundle is not taken. */
  private static final class RefusedException extends Exception {
    RefusedException(String why) {
      super(why, null, false, false);
    }
  }

  Staged stage(Notes.Attempt attempt, Notes notes, Optional<byte[]> keys) {
    try {
      if (attempt.digest().isEmpty() || notes.proven().contains(attempt.name())) {
        if (store.has(attempt.name())) {
          return new Staged.Ready(known(attempt.name(), notes), notes.keys());
        }
        if (attempt.digest().isEmpty()) {
          return new Staged.Failed("no version came with the machine");
        }
      }
      return make(attempt, notes, keys);
    } catch (RefusedException refused) {
      return new Staged.Refused(Line.of(String.valueOf(refused.getMessage())));
    } catch (NoSuchFileException missing) {
      return new Staged.Failed(Line.of(missing.getFile() + " is not there"));
    } catch (IOException failed) {
      return new Staged.Failed(Line.of(String.valueOf(failed.getMessage())));
    }
  }

  private static Notes.Known known(String name, Notes notes) {
    return Optional.ofNullable(notes.versions().get(name)).orElse(new Notes.Known("", 0));
  }

  private Staged make(Notes.Attempt attempt, Notes notes, Optional<byte[]> keys)
      throws IOException, RefusedException {
    Path from = Path.of(attempt.folder());
    byte[] signatures = PlainFiles.read(from.resolve(SIGNATURES), MAX_SIGNATURES);
    Trust.Verdict verdict =
        trust.check(keys, notes.keys(), signatures, attempt.digest(), notes.floor());
    return switch (verdict) {
      case Trust.Verdict.Refused(String why) -> throw new RefusedException(why);
      case Trust.Verdict.Trusted(Statement statement, String _, int number) -> {
        Path incoming = store.begin();
        copy(from, incoming, statement);
        ApplicationManifest manifest = manifest(incoming, statement);
        prepare(incoming, manifest);
        store.complete(attempt.name());
        yield new Staged.Ready(new Notes.Known(manifest.version(), statement.number()), number);
      }
    };
  }

  private void copy(Path from, Path to, Statement statement) throws IOException, RefusedException {
    for (SignedFile file : statement.files()) {
      if (!copied(from.resolve(file.name()), to.resolve(file.name()), file)) {
        throw new RefusedException("tampered: " + file.name() + " is not what was signed");
      }
    }
  }

  private static boolean copied(Path from, Path to, SignedFile file) throws IOException {
    MessageDigest digest = sha256();
    long length = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = PlainFiles.open(from);
        OutputStream out =
            new DigestOutputStream(
                Files.newOutputStream(to, StandardOpenOption.CREATE_NEW), digest)) {
      for (int n = in.read(buffer); n >= 0 && length <= file.length(); n = in.read(buffer)) {
        out.write(buffer, 0, n);
        length += n;
      }
    }
    PlainFiles.sync(to);
    return length == file.length()
        && HexFormat.of().formatHex(digest.digest()).equals(file.sha256());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private ApplicationManifest manifest(Path folder, Statement said)
      throws IOException, RefusedException {
    Path file = folder.resolve(ApplicationManifest.FILE);
    if (!Files.exists(file)) {
      throw new RefusedException("it has no manifest");
    }
    byte[] json = PlainFiles.read(file, ApplicationManifest.MAX_BYTES);
    switch (ApplicationManifest.read(json)) {
      case Document.Faulty<ApplicationManifest> faulty ->
          throw new RefusedException("its manifest: " + faulty.faults().getFirst());
      case Document.Good<ApplicationManifest>(ApplicationManifest manifest) -> {
        if (!manifest.name().equals(config.program())
            || !manifest.name().equals(said.model())
            || !manifest.version().equals(said.version())) {
          throw new RefusedException(
              "it was signed as %s %s and is %s %s; this is for %s"
                  .formatted(
                      said.model(),
                      said.version(),
                      manifest.name(),
                      manifest.version(),
                      config.program()));
        }
        refuseOthers(manifest, said);
        return manifest;
      }
    }
  }

  private static void refuseOthers(ApplicationManifest manifest, Statement said)
      throws RefusedException {
    Set<String> known = new HashSet<>(ApplicationManifest.ALLOWED);
    known.add(ApplicationManifest.FILE);
    manifest.file().ifPresent(known::add);
    for (SignedFile file : said.files()) {
      if (!known.contains(file.name())) {
        throw new RefusedException(file.name() + " is nothing that its manifest names");
      }
    }
    if (manifest.file().isPresent()
        && said.files().stream().noneMatch(one -> one.name().equals(manifest.file().get()))) {
      throw new RefusedException("it lacks its package");
    }
  }

  private void prepare(Path folder, ApplicationManifest manifest)
      throws IOException, RefusedException {
    Optional<Path> file = manifest.file().map(folder::resolve);
    if (manifest.image().isPresent()) {
      image(folder, manifest.image().get(), file);
    } else if (file.isPresent() && !isDebian(file.get())) {
      try {
        new Unpacker(config.limits().maxBytes().bytes(), config.limits().maxFiles())
            .unpack(file.get(), folder.resolve(PROGRAM_FOLDER));
      } catch (java.util.zip.ZipException | java.io.EOFException damaged) {
        throw new RefusedException("its package is no archive: " + damaged.getMessage());
      }
      Files.delete(file.get());
    }
  }

  private void image(Path folder, String image, Optional<Path> archive) throws IOException {
    if (archive.isPresent()) {
      tools.load(archive.get());
      Files.delete(archive.get());
    } else {
      tools.pull(image);
    }
    tools.inspect(image);
    Path env = folder.resolve(IMAGE_FILE);
    Files.writeString(env, "EDGEFLOW_IMAGE=" + image + "\n", UTF_8, StandardOpenOption.CREATE_NEW);
    PlainFiles.sync(env);
  }

  static boolean isDebian(Path file) {
    return String.valueOf(file.getFileName()).endsWith(".deb");
  }
}
