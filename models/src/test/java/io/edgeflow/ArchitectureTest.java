package io.edgeflow;

import io.edgeflow.architecture.ModuleArchitecture;
import org.junit.jupiter.api.Test;

final class ArchitectureTest extends ModuleArchitecture {
  ArchitectureTest() {
    super("io.edgeflow.models", 40);
  }

  @Test
  void knowsNoProcess() {
    neverDependsOn("io.edgeflow.gateway..", "io.edgeflow.cloud..", "io.edgeflow.lab..");
  }
}
