/** What people say of series: descriptions, names, joins, stretches that are wrong. */
@NullMarked
package io.edgeflow.cloud.catalog;

import org.jspecify.annotations.NullMarked;
