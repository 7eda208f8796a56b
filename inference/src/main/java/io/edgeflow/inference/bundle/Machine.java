package io.edgeflow.inference.bundle;

import java.util.Locale;
import java.util.Optional;

/**
 * What a model is to run on.
 *
 * @param engines whether it runs files that TensorRT compiled, which holds whatever the provider is
 */
public record Machine(Optional<Os> os, Optional<Arch> arch, Provider provider, boolean engines) {
  /** An operating system. */
  public enum Os {
    LINUX,
    MACOS,
    WINDOWS
  }

  /** A processor's instruction set. */
  public enum Arch {
    X86_64,
    AARCH64
  }

  /** What executes a graph. */
  public enum Provider {
    CPU,
    CUDA,
    TENSORRT
  }

  /** This machine, with what it turned out to have. */
  public static Machine here(Provider provider, boolean engines) {
    Machine plain =
        of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), provider);
    return new Machine(plain.os(), plain.arch(), provider, engines);
  }

  static Machine of(String osName, String osArch, Provider provider) {
    String name = osName.toLowerCase(Locale.ROOT);
    Optional<Os> os =
        name.startsWith("linux")
            ? Optional.of(Os.LINUX)
            : name.startsWith("mac")
                ? Optional.of(Os.MACOS)
                : name.startsWith("windows") ? Optional.of(Os.WINDOWS) : Optional.empty();
    Optional<Arch> arch =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> Optional.of(Arch.X86_64);
          case "aarch64", "arm64" -> Optional.of(Arch.AARCH64);
          default -> Optional.empty();
        };
    return new Machine(os, arch, provider, false);
  }
}
