package io.edgeflow.inference.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.nio.ByteBuffer;

/** Makes sessions of one provider that all keep to the thread budget. */
final class SessionFactory {
  private static final String NOWHERE = "/dev/null/nowhere";

  private final OrtEnvironment environment;
  private final ExecutionProvider provider;
  private final RuntimeSettings settings;

  SessionFactory(OrtEnvironment environment, ExecutionProvider provider, RuntimeSettings settings) {
    this.environment = environment;
    this.provider = provider;
    this.settings = settings;
  }

  OrtEnvironment environment() {
    return environment;
  }

  ExecutionProvider provider() {
    return provider;
  }

  /**
   * @param graph outside of the heap; not needed any more when it returns
   * @param strict fail rather than let the processor do what the provider cannot
   */
  OrtSession create(ByteBuffer graph, ModelSpec spec, boolean strict) throws OrtException {
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(settings.threads().perCall());
      options.setInterOpNumThreads(1);
      // What fails is told by an exception, not on the console.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      // Threads that wait by spinning take a core each from the data plane.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.inter_op.allow_spinning", "0");
      // Weights in other files would be in no digest: they are looked for where nothing can be.
      options.addConfigEntry("session.model_external_initializers_file_folder_path", NOWHERE);
      if (strict) {
        options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
      }
      return create(graph, spec, options);
    }
  }

  private OrtSession create(ByteBuffer graph, ModelSpec spec, OrtSession.SessionOptions options)
      throws OrtException {
    switch (provider) {
      case TENSORRT -> {
        // What TensorRT cannot do, CUDA does before the processor: the order of adding counts.
        try (var tensorRt = new OrtTensorRTProviderOptions();
            var cuda = new OrtCUDAProviderOptions()) {
          configure(tensorRt, spec);
          configure(cuda, spec);
          options.addTensorrt(tensorRt);
          options.addCUDA(cuda);
          return environment.createSession(graph, options);
        }
      }
      case CUDA -> {
        try (var cuda = new OrtCUDAProviderOptions()) {
          configure(cuda, spec);
          options.addCUDA(cuda);
          return environment.createSession(graph, options);
        }
      }
      case CPU -> {
        return environment.createSession(graph, options);
      }
    }
    throw new IllegalStateException("no such provider: " + provider);
  }

  private void configure(OrtTensorRTProviderOptions options, ModelSpec spec) throws OrtException {
    // One engine for every batch size; without a profile each new size compiles another.
    options.add("trt_profile_min_shapes", profile(spec, 1));
    options.add("trt_profile_opt_shapes", profile(spec, Math.min(64, spec.limits().maxBatch())));
    options.add("trt_profile_max_shapes", profile(spec, spec.limits().maxBatch()));
    options.add("trt_max_workspace_size", Long.toString(spec.limits().memoryBytes()));
    if (settings.engineCache().isPresent()) {
      options.add("trt_engine_cache_enable", "1");
      options.add("trt_engine_cache_path", settings.engineCache().get().toString());
    }
  }

  private static String profile(ModelSpec spec, int batch) {
    var shape = new StringBuilder(spec.input()).append(':').append(batch);
    spec.rowShape().forEach(length -> shape.append('x').append(length));
    return shape.toString();
  }

  private static void configure(OrtCUDAProviderOptions options, ModelSpec spec)
      throws OrtException {
    options.add("gpu_mem_limit", Long.toString(spec.limits().memoryBytes()));
    options.add("arena_extend_strategy", "kSameAsRequested");
    // Ten bits of mantissa: scores would differ from the processor's in the third digit.
    options.add("use_tf32", "0");
  }
}
