package io.edgeflow;

import io.edgeflow.architecture.ModuleArchitecture;
import org.junit.jupiter.api.Test;

final class ArchitectureTest extends ModuleArchitecture {
  ArchitectureTest() {
    super("io.edgeflow.cloud", 100);
  }

  @Test
  void knowsNeitherGatewayNorLab() {
    neverDependsOn("io.edgeflow.gateway..", "io.edgeflow.lab..");
  }
}
