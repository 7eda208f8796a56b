package io.edgeflow.inference.node.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PlatformWatchTest {
  @TempDir Path sys;

  @Test
  void asksTheProgram() throws Exception {
    PlatformWatch watch =
        PlatformWatch.start(sys, List.of("/bin/sh", "-c", "echo 0, One, 1, 2, 3, 4"));
    while (watch.found().isEmpty()) {
      Thread.sleep(10);
    }
    assertEquals("One 0", watch.found().getFirst().name());
    watch.close();
  }

  @Test
  void doesWithoutTheProgram() throws Exception {
    PlatformWatch watch = PlatformWatch.start(sys, List.of("no-such-program-here"));
    watch.close();
    assertEquals(List.of(), watch.found());
  }
}
