package io.edgeflow.inference.slot;

/** The same readings, as each model wants them: models prepare their rows differently. */
public interface Rows {
  int count();

  /**
   * Called on the thread that scores, for the model that serves and for the one in its shadow.
   *
   * @return {@link #count} rows; fewer values for a shadow mean that there is nothing to compare
   */
  float[] of(ModelIdentity model);

  /** For models that want the same. */
  static Rows same(float[] rows, int count) {
    return new Rows() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public float[] of(ModelIdentity model) {
        return rows;
      }
    };
  }
}
