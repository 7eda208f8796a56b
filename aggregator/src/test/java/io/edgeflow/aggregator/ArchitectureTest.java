package io.edgeflow.aggregator;

import io.edgeflow.architecture.ModuleArchitecture;
import org.junit.jupiter.api.Test;

final class ArchitectureTest extends ModuleArchitecture {
  ArchitectureTest() {
    super("io.edgeflow.aggregator", 20);
  }

  @Test
  void needsNothingButTheJdk() {
    dependsOnlyOn();
  }
}
