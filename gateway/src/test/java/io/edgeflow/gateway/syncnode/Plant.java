package io.edgeflow.gateway.syncnode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.edgeflow.inference.guard.SyncedFiles;
import io.edgeflow.process.settings.SettingsLoader;
import io.edgeflow.process.trust.VerifyingKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A machine with a program on it. The program is two files, its version and how it behaves; a shell
 * script for {@code systemctl} takes what {@code current} points to for what runs, and a page
 * answers as that does.
 */
final class Plant implements AutoCloseable {
  static final String GOOD = "good";

  /** Never ready. */
  static final String SICK = "sick";

  /** Ready, and then not any more. */
  static final String TIRING = "tiring";

  /** Started again by itself, again and again. */
  static final String CRASHING = "crashing";

  /** Says that it is another version. */
  static final String LYING = "lying";

  private static final String SCRIPT = "systemctl";
  private static final int MOST_TICKS = 100;
  private static final int TIRES_AFTER = 2;

  final Path temp;
  final Path home;
  final Path requests;
  final Path running;
  final SignedBundles bundles;
  final AtomicLong nanos = new AtomicLong();
  private final HttpServer page;
  private final SyncNodeConfig config;
  private final HttpHealth health;
  private long asked;

  Plant(Path temp, String... settings) throws Exception {
    this.temp = temp;
    home = temp.resolve("sync-node");
    requests = Files.createDirectories(temp.resolve("requests"));
    running = Files.createDirectories(temp.resolve("running"));
    bundles = new SignedBundles(temp);
    page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    page.createContext("/", this::answer);
    page.start();
    Files.writeString(temp.resolve("root.pub"), bundles.root.verifying().text() + "\n");
    Files.writeString(requests.resolve("keys.json"), bundles.chain().text());
    Files.writeString(
        temp.resolve(SCRIPT),
        """
        case "$1" in
          restart)
            cp '%1$s/current/program/version' '%1$s/current/program/behaviour' '%2$s/' ;;
          show)
            read behaviour < '%2$s/behaviour'
            read count < '%2$s/restarts'
            if [ "$behaviour" = crashing ]; then count=$((count + 1)); fi
            echo $count > '%2$s/restarts'
            echo NRestarts=$count ;;
        esac
        """
            .formatted(home, running));
    config = config(settings);
    health = new HttpHealth(config.health());
  }

  /** As on a command line. */
  List<String> settings() {
    return List.of(
        "dataDir=" + home,
        "requests=" + requests,
        "root=" + temp.resolve("root.pub"),
        "commands.restart=" + command("restart"),
        "commands.restarts=" + command("show"),
        "health.url=http://127.0.0.1:" + page.getAddress().getPort(),
        "health.within=3s",
        "health.patience=1s");
  }

  /**
   * The shell reads the script: whatever another thread starts inherits, for a moment, the handle
   * it was written by, and a file that is open to be written cannot be executed.
   */
  private String command(String word) {
    return "/bin/sh, " + temp.resolve(SCRIPT) + ", " + word;
  }

  private SyncNodeConfig config(String... more) throws Exception {
    List<String> options = new ArrayList<>(settings());
    options.addAll(List.of(more));
    return new SettingsLoader(Map.of(), temp)
        .load(SyncNodeConfig.class, Optional.empty(), options)
        .value();
  }

  /** A person has installed a version that runs. */
  Plant withFactory() throws IOException {
    Path program = Files.createDirectories(home.resolve("versions/factory/program"));
    Files.writeString(program.resolve("version"), "1.0.0");
    Files.writeString(program.resolve("behaviour"), GOOD);
    Files.createSymbolicLink(home.resolve("current"), Path.of("versions", "factory"));
    Files.writeString(running.resolve("restarts"), "0\n");
    Files.writeString(running.resolve("version"), "1.0.0");
    Files.writeString(running.resolve("behaviour"), GOOD);
    return this;
  }

  SignedBundles.Made version(String version, long number, String behaviour) throws IOException {
    return bundles.program(
        version,
        number,
        Map.of("version", version, "behaviour", behaviour, "bin/run.sh", "exit\n"));
  }

  void ask(Request request) throws IOException {
    SyncedFiles.replace(requests.resolve(Request.FILE), request.text().getBytes(UTF_8));
  }

  Installer service() throws IOException {
    return service(machine -> machine, commands -> commands);
  }

  /** The service as it starts: with nothing but what is on the disk. */
  Installer service(UnaryOperator<Machine> machines, UnaryOperator<Commands> commands)
      throws IOException {
    var tools = new Tools(commands.apply(new ProcessCommands()), config.commands());
    var store = new VersionStore(home);
    var trust =
        new Trust(
            VerifyingKey.parse(Files.readString(config.root())),
            home.resolve("keys.json"),
            () -> Optional.of(Instant.now()));
    Machine machine =
        machines.apply(
            new LocalMachine(
                home,
                store,
                new Exchange(requests),
                new Stager(store, trust, tools, config),
                tools));
    var limits =
        new Watch.Limits(
            config.health().within(), config.health().patience(), config.health().restarts());
    var watch = new Watch(machine, health, nanos::get, limits);
    var rules = new Installer.Rules(config.program(), config.keep(), config.attempts());
    return new Installer(machine, watch, InstantSource.system(), rules);
  }

  /** Lets a second pass, and then the service look. */
  void tick(Installer service) throws IOException {
    nanos.addAndGet(1_000_000_000L);
    service.tick();
  }

  /** Until the request is answered and nothing goes on. */
  Report.Progress finish(Installer service, String request) throws IOException {
    for (int i = 0; i < MOST_TICKS; i++) {
      Optional<Report.Progress> last = service.notes().last();
      if (service.notes().attempt().isEmpty()
          && last.isPresent()
          && last.get().request().equals(request)) {
        return last.get();
      }
      tick(service);
    }
    throw new AssertionError("no end: " + service.notes());
  }

  Report.Progress install(SignedBundles.Made made, String request) throws IOException {
    ask(made.request(request));
    Installer service = service();
    service.begin();
    return finish(service, request);
  }

  String runs() throws IOException {
    return Files.readString(running.resolve("version"));
  }

  /** What runs is the last one that proved itself, and an offline restart finds just it. */
  void assertWorks(String version) throws IOException {
    assertEquals(version, runs(), "what runs");
    assertEquals(version, Files.readString(home.resolve("current/program/version")), "in place");
    assertEquals(version, Files.readString(home.resolve("good/program/version")), "proven");
  }

  Report report() throws IOException {
    var read = Report.read(Files.readAllBytes(requests.resolve(Report.FILE)));
    assertTrue(read instanceof io.edgeflow.process.settings.Document.Good<Report>, read::toString);
    return ((io.edgeflow.process.settings.Document.Good<Report>) read).value();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String behaviour = Files.readString(running.resolve("behaviour"));
    asked = behaviour.equals(TIRING) ? asked + 1 : 0;
    boolean ready = !behaviour.equals(SICK) && asked <= 2 * TIRES_AFTER;
    String version = behaviour.equals(LYING) ? "9.9.9" : runs();
    boolean status = exchange.getRequestURI().getPath().endsWith("/status");
    byte[] body =
        (status ? "{\"version\":\"" + version + "\",\"incarnation\":\"a\"}" : "{}").getBytes(UTF_8);
    exchange.sendResponseHeaders(ready ? 200 : 503, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    health.close();
    page.stop(0);
  }
}
