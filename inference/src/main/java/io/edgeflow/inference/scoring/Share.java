package io.edgeflow.inference.scoring;

/** Which rows are this process's to score, where several processes share them. Any thread. */
public interface Share {
  /** Every row. */
  Share ALL =
      new Share() {
        @Override
        public long version() {
          return 0;
        }

        @Override
        public boolean isOurs(String slot, String subject) {
          return true;
        }
      };

  /** Another number after each change. */
  long version();

  /**
   * @param subject a device, or a series where each is scored on its own
   */
  boolean isOurs(String slot, String subject);
}
