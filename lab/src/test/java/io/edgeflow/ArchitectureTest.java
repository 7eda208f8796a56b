package io.edgeflow;

import io.edgeflow.architecture.ModuleArchitecture;

final class ArchitectureTest extends ModuleArchitecture {
  ArchitectureTest() {
    super("io.edgeflow.lab", 2);
  }
}
