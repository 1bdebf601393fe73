import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The methods of client authentication that send the client secret (OpenID Connect Core 1.0, section 9). */
export type SecretMethod = 'client_secret_basic' | 'client_secret_post';

/**
 * What all replicas have learned about the provider of one client: when it last refreshed a grant, whether grants end with a
 * logout there, and, for one revision of the settings, how the client authenticates.
 */
@Entity('provider_facts')
export class ProviderFacts {
  /** A digest of issuer and client id. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  client!: string;

  /** When it last refreshed a grant; milliseconds since 1970, null if never. */
  @Column({ name: 'refreshed_at', type: 'bigint', nullable: true })
  refreshedAt!: string | null;

  /** For how long it has refreshed grants in all, in milliseconds. */
  @Column({ name: 'refreshing_ms', type: 'bigint', default: 0 })
  refreshingMs!: string;

  /** The revision of the settings that the following was learned under; null: nothing was. */
  @Column({ type: 'integer', nullable: true })
  revision!: number | null;

  /** The method of client authentication that the provider has accepted. */
  @Column({ name: 'client_authentication', type: 'varchar', length: 32, nullable: true })
  clientAuthentication!: SecretMethod | null;

  /** When the other method was last tried because this one was refused; milliseconds since 1970, null if never. */
  @Column({ name: 'other_tried_at', type: 'bigint', nullable: true })
  otherTriedAt!: string | null;

  /** The revision of the settings under which the people in `withoutRefreshToken` got none; null: nobody is noted. */
  @Column({ name: 'without_token_revision', type: 'integer', nullable: true })
  withoutTokenRevision!: number | null;

  /** The ids of users who were asked for consent and got no refresh token, separated by spaces; three at most. */
  @Column({ name: 'without_refresh_token', type: 'varchar', length: 255, nullable: true })
  withoutRefreshToken!: string | null;

  /** The user whose grant without offline access was first seen to end with a logout at the provider; null if none was. */
  @Column({ name: 'ended_by_logout', type: 'varchar', length: 36, nullable: true })
  endedByLogout!: string | null;

  /** The same of grants with offline access. */
  @Column({ name: 'offline_ended_by_logout', type: 'varchar', length: 36, nullable: true })
  offlineEndedByLogout!: string | null;
}
