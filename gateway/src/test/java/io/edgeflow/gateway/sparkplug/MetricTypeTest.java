package io.edgeflow.gateway.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.gateway.sparkplug.Metric.Value;
import io.edgeflow.gateway.sparkplug.MetricType.Meaning;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import org.eclipse.tahu.message.SparkplugBPayloadEncoder;
import org.eclipse.tahu.message.model.DataSet;
import org.eclipse.tahu.message.model.DataSetDataType;
import org.eclipse.tahu.message.model.File;
import org.eclipse.tahu.message.model.Metric.MetricBuilder;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.SparkplugBPayload.SparkplugBPayloadBuilder;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each type as Tahu writes it. */
final class MetricTypeTest {
  @Test
  void readsNumbersOfEveryWidth() throws Exception {
    assertEquals(gauge(-128), meaning(MetricDataType.Int8, (byte) -128));
    assertEquals(gauge(-32_768), meaning(MetricDataType.Int16, (short) -32_768));
    assertEquals(gauge(Integer.MIN_VALUE), meaning(MetricDataType.Int32, Integer.MIN_VALUE));
    assertEquals(gauge(-7), meaning(MetricDataType.Int64, -7L));
    assertEquals(gauge(255), meaning(MetricDataType.UInt8, (short) 255));
    assertEquals(gauge(65_535), meaning(MetricDataType.UInt16, 65_535));
    assertEquals(gauge(4_294_967_295.0), meaning(MetricDataType.UInt32, 4_294_967_295L));
    assertEquals(
        gauge(0x1p64), meaning(MetricDataType.UInt64, new BigInteger("18446744073709551615")));
    assertEquals(gauge(21.5), meaning(MetricDataType.Float, 21.5f));
    assertEquals(gauge(0.1), meaning(MetricDataType.Double, 0.1));
    assertEquals(
        gauge(1_763_672_400_123.0),
        meaning(MetricDataType.DateTime, Date.from(Instant.ofEpochMilli(1_763_672_400_123L))));
  }

  @Test
  void readsStatesAndTexts() throws Exception {
    assertEquals(new Meaning.Numeric(Kind.STATE, 1), meaning(MetricDataType.Boolean, true));
    assertEquals(new Meaning.Numeric(Kind.STATE, 0), meaning(MetricDataType.Boolean, false));
    assertEquals(new Meaning.Text("run"), meaning(MetricDataType.String, "run"));
    assertEquals(new Meaning.Text("run"), meaning(MetricDataType.Text, "run"));
    assertEquals(new Meaning.Absent(), meaning(MetricDataType.Double, null));
  }

  @Test
  void saysWhatIsNoSeries() throws Exception {
    DataSet table =
        new DataSet.DataSetBuilder(1)
            .addColumnName("a")
            .addType(DataSetDataType.Int32)
            .createDataSet();
    unsupported(meaning(MetricDataType.DataSet, table));
    unsupported(meaning(MetricDataType.Bytes, new byte[] {1}));
    unsupported(meaning(MetricDataType.File, new File("a", new byte[] {1})));
    unsupported(meaning(MetricDataType.Int32Array, new Integer[] {1, 2}));
    unsupported(meaning(MetricDataType.BooleanArray, new Boolean[] {true}));
    unsupported(MetricType.of(4_711, new Value.Whole(1)));
    unsupported(MetricType.of(0, new Value.Words("x".repeat(1_025))));
  }

  @Test
  void needsATypeWhereTheBitsMeanTwoThings() {
    assertEquals(new Meaning.Untyped(), MetricType.of(0, new Value.Whole(4_294_967_295L)));
    assertEquals(gauge(1.5), MetricType.of(0, new Value.Real(1.5)));
    assertEquals(new Meaning.Text("a"), MetricType.of(0, new Value.Words("a")));
    assertEquals(new Meaning.Numeric(Kind.STATE, 1), MetricType.of(0, new Value.Truth(true)));
  }

  @Test
  void refusesAValueOfAnotherType() {
    int int32 = DataType.Int32.getNumber();
    assertInstanceOf(Meaning.Invalid.class, MetricType.of(int32, new Value.Words("1")));
    assertInstanceOf(Meaning.Invalid.class, MetricType.of(int32, new Value.Real(1)));
    assertInstanceOf(Meaning.Invalid.class, MetricType.of(0, new Value.Real(Double.NaN)));
    int text = DataType.String.getNumber();
    assertInstanceOf(Meaning.Invalid.class, MetricType.of(text, new Value.Whole(1)));
  }

  @Test
  void readsTimesThatCanBeMeant() {
    assertEquals(1_763_672_400_123_000L, MetricType.micros(1_763_672_400_123L));
    assertNull(MetricType.micros(-1));
    assertNull(MetricType.micros(Long.MAX_VALUE));
  }

  private static Meaning gauge(double number) {
    return new Meaning.Numeric(Kind.GAUGE, number);
  }

  private static void unsupported(Meaning meaning) {
    assertInstanceOf(Meaning.Unsupported.class, meaning);
  }

  private static Meaning meaning(MetricDataType type, @Nullable Object value) throws Exception {
    byte[] payload =
        new SparkplugBPayloadEncoder()
            .getBytes(
                new SparkplugBPayloadBuilder(7L)
                    .addMetric(new MetricBuilder("a", type, value).createMetric())
                    .createPayload(),
                false);
    Metric metric = Message.of(payload).metrics().getFirst();
    return MetricType.of(metric.datatype(), metric.value());
  }
}
