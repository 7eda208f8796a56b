package io.edgeflow;

import io.edgeflow.architecture.ModuleArchitecture;
import org.junit.jupiter.api.Test;

final class ArchitectureTest extends ModuleArchitecture {
  ArchitectureTest() {
    super("io.edgeflow.gateway", 2);
  }

  @Test
  void knowsNeitherCloudNorLab() {
    neverDependsOn("io.edgeflow.cloud..", "io.edgeflow.lab..");
  }
}
