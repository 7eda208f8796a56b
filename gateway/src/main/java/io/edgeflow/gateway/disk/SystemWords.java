package io.edgeflow.gateway.disk;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * What the C library of Linux calls its error numbers, in the language of this process. Java hands
 * an error number on only as this text, which the launcher of the JVM lets be translated.
 */
final class SystemWords {
  private static final long LONGEST = 1 << 10;

  private SystemWords() {}

  /**
   * By {@code strerror(3)}.
   *
   * @return empty anywhere but on Linux, and where the call is not allowed
   */
  static Optional<String> of(int errorNumber) {
    return Calls.STRERROR.flatMap(strerror -> ask(strerror, errorNumber));
  }

  /** Looked up once, when first needed. */
  private static final class Calls {
    static final Optional<MethodHandle> STRERROR = find();
  }

  // The library owns the text, and ends it with a zero.
  @SuppressWarnings("restricted")
  private static Optional<String> ask(MethodHandle strerror, int errorNumber) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = (MemorySegment) strerror.invokeExact(errorNumber);
      return text.equals(MemorySegment.NULL)
          ? Optional.empty()
          : Optional.of(text.reinterpret(LONGEST, arena, null).getString(0, charset()));
    } catch (Throwable e) {
      if (e instanceof Error error) {
        throw error;
      }
      return Optional.empty();
    }
  }

  /** In which Java reads what the system says. */
  private static Charset charset() {
    return Charset.forName(
        System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()),
        Charset.defaultCharset());
  }

  // Restricted: the launcher allows native access. A wrong signature could crash the process.
  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> find() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    try {
      Linker linker = Linker.nativeLinker();
      FunctionDescriptor signature =
          FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
      return linker
          .defaultLookup()
          .find("strerror")
          .map(address -> linker.downcallHandle(address, signature));
    } catch (UnsupportedOperationException | IllegalCallerException e) {
      // No linker for this machine, or native access denied.
      return Optional.empty();
    }
  }
}
