package io.edgeflow.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.broker.Await;
import io.edgeflow.gateway.broker.ControlledIntake;
import io.edgeflow.gateway.source.SourceStatus.State;
import io.edgeflow.gateway.source.client.SourceTrial;
import io.edgeflow.loopback.Loopback;
import io.edgeflow.mosquitto.Mosquitto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Mosquitto with a certificate of the plant's own. */
@Timeout(60)
final class TlsSourceTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;
  private final ControlledIntake intake = new ControlledIntake();
  private Mosquitto broker;
  private int plainPort;

  @BeforeEach
  void start() throws Exception {
    KeyStore store = keys();
    pem("cert.pem", "CERTIFICATE", certificate(store).getEncoded());
    Key key = store.getKey("broker", PASSWORD);
    pem("key.pem", "PRIVATE KEY", key.getEncoded());
    plainPort = Loopback.freePort();
    broker =
        Mosquitto.startOrSkip(
            folder.resolve("mosquitto"),
            "certfile " + folder.resolve("cert.pem"),
            "keyfile " + folder.resolve("key.pem"),
            "listener " + plainPort + " 127.0.0.1");
  }

  @AfterEach
  void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  /** Made by the JDK's own tool: nothing else here signs certificates. */
  private KeyStore keys() throws Exception {
    Path file = folder.resolve("keys.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "broker",
            "-keyalg",
            "EC",
            "-dname",
            "CN=plant",
            "-ext",
            "san=dns:localhost",
            "-validity",
            "3650",
            "-keystore",
            file.toString(),
            "-storepass",
            new String(PASSWORD));
    Process tool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertTrue(tool.waitFor(30, TimeUnit.SECONDS), "keytool does not end");
    assertEquals(0, tool.exitValue(), Files.readString(folder.resolve("keytool.log")));
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private static Certificate certificate(KeyStore store) throws Exception {
    return store.getCertificate("broker");
  }

  private void pem(String name, String what, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  private SourceTry source(String host) {
    return SourceTry.of("ssl://" + host + ":" + broker.port(), SourceVersion.FIVE);
  }

  @Test
  void readsFromOneThatItsOwnCertificateVouchesFor() throws Exception {
    try (Sources sources = source("localhost").trusting(file("cert.pem")).open(intake);
        Peer.Sensor sensor = new Peer.Sensor(plainPort)) {
      SourceTry.awaitConnected(sources);
      sensor.publish("sensors/pump-7/flow", "21.5", 1, false);
      intake.awaitSize(1);
      assertEquals("21.5", new String(intake.get(0).payload(), StandardCharsets.UTF_8));
      intake.settleAll();
    }
  }

  @Test
  void saysWhyItTrustsNobody() throws Exception {
    Files.writeString(file("empty.pem"), "nothing\n");
    refuses(source("localhost"), "certification path");
    // The certificate is about localhost.
    refuses(source("127.0.0.1").trusting(file("cert.pem")), "127.0.0.1");
    refuses(source("localhost").trusting(file("none.pem")), "there is no file");
    refuses(source("localhost").trusting(file("empty.pem")), "no certificates in");
  }

  private void refuses(SourceTry source, String why) {
    SourceTrial.Result result = SourceTrial.of(source.settings(), Duration.ofSeconds(10));
    assertTrue(!result.ok() && result.detail().contains(why), result::toString);
    try (Sources sources = source.open(intake)) {
      Await.until("the status says why", () -> SourceTry.status(sources).lastError().contains(why));
      assertTrue(SourceTry.status(sources).state() != State.CONNECTED);
    }
  }

  private Path file(String name) {
    return folder.resolve(name);
  }
}
