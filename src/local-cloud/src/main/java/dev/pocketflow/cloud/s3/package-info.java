/**
 * Amazon S3 on this machine. Everybody may call it.
 */
package dev.pocketflow.cloud.s3;
