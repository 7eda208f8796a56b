package io.edgeflow.gateway.bundles;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store in a folder of its own, before a cloud of its own. */
@Timeout(120)
abstract class StoreTest {
  static final int CHUNK = TestPublisher.CHUNK;

  @TempDir protected Path temp;
  protected StoreRig rig;

  @BeforeEach
  final void openRig() throws IOException {
    rig = new StoreRig(temp.resolve("bundles"));
  }

  @AfterEach
  final void closeRig() throws IOException {
    rig.close();
  }
}
