package io.edgeflow.cloud.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgeflow.loopback.Loopback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root only: the two ways around PostgreSQL's refusal to be root. */
final class PrivilegeIT {
  @TempDir Path home;

  @BeforeEach
  void needsRoot() throws Exception {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root needs a way");
  }

  @Test
  void servesInANamespace() throws Exception {
    assumeTrue(Command.tryRun("unshare", "--user", "true"), "user namespaces are forbidden here");
    startsAndStops(new Privilege.Namespace());
  }

  @Test
  void servesAsAnotherUser() throws Exception {
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    startsAndStops(new Privilege.OtherUser(Privilege.NOBODY));
  }

  private void startsAndStops(Privilege privilege) throws Exception {
    Path password = Files.writeString(home.resolve("password"), "secret\n");
    Cluster cluster = new Cluster(Binaries.unpack(home), home, privilege);
    cluster.create(password);
    Postmaster server = cluster.start(Loopback.freePort());
    assertEquals(server, cluster.running().orElseThrow());
    cluster.stop(Duration.ofSeconds(10));
    assertEquals(0, cluster.running().stream().count());
  }
}
