package io.edgeflow;

import io.edgeflow.architecture.ModuleArchitecture;
import org.junit.jupiter.api.Test;

final class ArchitectureTest extends ModuleArchitecture {
  ArchitectureTest() {
    super("io.edgeflow.wire", 60);
  }

  @Test
  void needsOnlyItsCodecs() {
    dependsOnlyOn("io.edgeflow.aggregator..", "com.fasterxml.jackson..", "com.github.luben.zstd..");
  }
}
