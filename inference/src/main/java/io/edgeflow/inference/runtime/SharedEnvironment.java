package io.edgeflow.inference.runtime;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The one environment of ONNX Runtime in this process. DJL creates it, because it fails where
 * another was there before; its engine and our sessions share it.
 */
final class SharedEnvironment {
  private SharedEnvironment() {}

  /**
   * @throws RuntimeUnavailableException if the native library does not load here
   */
  static synchronized OrtEnvironment get(Optional<Path> libraries)
      throws RuntimeUnavailableException {
    // An edge calls nobody whom its operator did not name: DJL reports its use to Amazon on their
    // machines, ONNX Runtime to Microsoft on all. Besides, what ONNX Runtime does for that with the
    // command line overflows the stack where it has some thousand characters.
    setUnlessSet("OPT_OUT_TRACKING", "true");
    NativeEnvironment.setUnlessSet("ORT_DISABLE_TELEMETRY", "1");
    // With a TensorRT engine that does not load on the class path, its search fails altogether.
    setUnlessSet("ai.djl.onnx.disable_alternative", "true");
    // The environment's own threads spin, and no session of ours uses them.
    setUnlessSet("ai.djl.onnxruntime.num_threads", "1");
    setUnlessSet("ai.djl.onnxruntime.num_interop_threads", "1");
    try {
      if (libraries.isPresent()) {
        NativeLibraries.unpackTo(libraries.get());
      }
      Engine.getEngine("OnnxRuntime");
      return OrtEnvironment.getEnvironment();
    } catch (IOException | RuntimeException | LinkageError | AssertionError e) {
      throw new RuntimeUnavailableException("ONNX Runtime does not start here: " + e, e);
    }
  }

  private static void setUnlessSet(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
