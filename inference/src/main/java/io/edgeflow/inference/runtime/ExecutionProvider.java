package io.edgeflow.inference.runtime;

import ai.onnxruntime.OrtProvider;

/** What does the arithmetic, fastest first. */
public enum ExecutionProvider {
  TENSORRT(OrtProvider.TENSOR_RT),
  CUDA(OrtProvider.CUDA),
  CPU(OrtProvider.CPU);

  private final OrtProvider library;

  ExecutionProvider(OrtProvider library) {
    this.library = library;
  }

  OrtProvider library() {
    return library;
  }
}
