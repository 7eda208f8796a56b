package io.edgeflow.gateway.syncnode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.inference.guard.SyncedFiles;
import io.edgeflow.process.application.ApplicationManifest;
import io.edgeflow.process.settings.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This machine: notes and versions in folders of our own, programs by their commands. */
final class LocalMachine implements Machine {
  private static final Logger log = LoggerFactory.getLogger(LocalMachine.class);
  private static final String NOTES = "notes.json";
  private static final int MAX_NOTES = 4 << 20;

  private final Path home;
  private final VersionStore store;
  private final Exchange exchange;
  private final Stager stager;
  private final Tools tools;

  LocalMachine(Path home, VersionStore store, Exchange exchange, Stager stager, Tools tools) {
    this.home = home;
    this.store = store;
    this.exchange = exchange;
    this.stager = stager;
    this.tools = tools;
  }

  @Override
  public Notes notes() {
    Path file = home.resolve(NOTES);
    try {
      switch (Notes.read(PlainFiles.read(file, MAX_NOTES))) {
        case Document.Good<Notes>(Notes notes) -> {
          return notes;
        }
        case Document.Faulty<Notes> faulty ->
            log.error("{} cannot be read: {}", NOTES, faulty.faults().getFirst());
      }
      Files.move(file, file.resolveSibling(NOTES + ".bad"), StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException first) {
      log.info("no notes yet");
    } catch (IOException unreadable) {
      log.error("{} cannot be read", NOTES, unreadable);
    }
    // What proved itself last is known without notes; before that, what somebody put in place.
    return Notes.of(store.good().or(store::current).orElse(""));
  }

  @Override
  public void note(Notes notes) throws IOException {
    SyncedFiles.replace(home.resolve(NOTES), notes.text().getBytes(UTF_8));
  }

  @Override
  public Optional<Request> request() {
    return exchange.request();
  }

  @Override
  public Staged stage(Notes.Attempt attempt, Notes notes) {
    return stager.stage(attempt, notes, exchange.keys());
  }

  @Override
  public Optional<String> current() {
    return store.current();
  }

  @Override
  public boolean has(String name) {
    return store.has(name);
  }

  @Override
  public Optional<String> activate(String name) {
    try {
      store.pointCurrent(name);
      Optional<Path> file = debian(store.folder(name));
      return file.isPresent() ? tools.install(file.get()) : Optional.empty();
    } catch (IOException failed) {
      return Optional.of(Line.of(String.valueOf(failed.getMessage())));
    }
  }

  /** What has to be installed besides; a version that a person put there may have no manifest. */
  private static Optional<Path> debian(Path folder) throws IOException {
    Path manifest = folder.resolve(ApplicationManifest.FILE);
    if (!Files.exists(manifest)) {
      return Optional.empty();
    }
    return switch (ApplicationManifest.read(
        PlainFiles.read(manifest, ApplicationManifest.MAX_BYTES))) {
      case Document.Good<ApplicationManifest>(ApplicationManifest read) ->
          read.file().map(folder::resolve).filter(Stager::isDebian);
      case Document.Faulty<ApplicationManifest> faulty ->
          throw new IOException("its manifest: " + faulty.faults().getFirst());
    };
  }

  @Override
  public Optional<String> restart() {
    return tools.restart();
  }

  @Override
  public OptionalLong restarts() {
    return tools.restarts();
  }

  @Override
  public void settle(String good, Set<String> keep) throws IOException {
    store.pointGood(good);
    store.keepOnly(keep);
  }

  @Override
  public void tell(Report report) throws IOException {
    exchange.tell(report);
  }
}
