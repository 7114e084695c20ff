using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Platform.Identity;

internal sealed class AccountMap : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.Property(a => a.Id).ValueGeneratedNever();
        account.Property(a => a.UserName).HasMaxLength(40).IsRequired();
        account.Property(a => a.NormalizedUserName).HasMaxLength(40).IsRequired().IsBookkeeping(); // follows UserName
        account.Property(a => a.DisplayName).HasMaxLength(60);
        account.Property(a => a.PasswordHash).HasMaxLength(200).IsSecret();
        account.Property(a => a.SecurityStamp).HasMaxLength(36).IsBookkeeping();
        account.Property(a => a.ConcurrencyStamp).HasMaxLength(36).IsConcurrencyToken().IsBookkeeping();
        account.Property(a => a.AccessFailedCount).IsBookkeeping();
        account.Property(a => a.LockoutEnd).IsBookkeeping();
        account.Property(a => a.LockoutEnabled).IsBookkeeping();
        account.Property(a => a.LastCodeStep).IsBookkeeping();
        account.Ignore(a => a.Email).Ignore(a => a.NormalizedEmail).Ignore(a => a.EmailConfirmed);
        account.Ignore(a => a.PhoneNumber).Ignore(a => a.PhoneNumberConfirmed).Ignore(a => a.Actor);
        account.HasIndex(a => a.NormalizedUserName).IsUnique();
        account.HasIndex(a => a.PersonId).IsUnique();
    }
}

internal sealed class AccountTokenMap : IEntityTypeConfiguration<AccountToken>
{
    public void Configure(EntityTypeBuilder<AccountToken> token)
    {
        token.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        token.Property(t => t.LoginProvider).HasMaxLength(20);
        token.Property(t => t.Name).HasMaxLength(20);
        token.Property(t => t.Value).HasMaxLength(1_000).IsSecret();
        token.HasOne<Account>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PasskeyMap : IEntityTypeConfiguration<Passkey>
{
    public void Configure(EntityTypeBuilder<Passkey> passkey)
    {
        passkey.HasKey(p => p.CredentialId);
        passkey.Property(p => p.CredentialId).HasMaxLength(1_023); // source: WebAuthn Level 3 §4, Credential ID
        passkey.HasOne<Account>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
        passkey.OwnsOne(p => p.Data, data =>
        {
            // Columns and not JSON: both databases keep and compare them alike.
            data.Property(d => d.Name).HasMaxLength(60).HasColumnName("Name");
            data.Property(d => d.PublicKey).HasMaxLength(2_048).HasColumnName("PublicKey");
            data.Property(d => d.CreatedAt).HasColumnName("CreatedAt");
            data.Property(d => d.SignCount).HasColumnName("SignCount").HasConversion<long>().IsBookkeeping();
            data.Property(d => d.IsUserVerified).HasColumnName("IsUserVerified").IsBookkeeping();
            data.Property(d => d.IsBackupEligible).HasColumnName("IsBackupEligible").IsBookkeeping();
            data.Property(d => d.IsBackedUp).HasColumnName("IsBackedUp").IsBookkeeping();
            data.Property(d => d.AttestationObject).HasColumnName("AttestationObject").IsSecret();
            data.Property(d => d.ClientDataJson).HasColumnName("ClientDataJson").IsSecret();
            data.Property(d => d.Transports).HasMaxLength(100).HasColumnName("Transports").IsBookkeeping().HasConversion(
                many => many == null ? null : string.Join(',', many),
                text => text == null ? null : text.Split(',', StringSplitOptions.None),
                new ValueComparer<string[]?>(
                    (a, b) => ReferenceEquals(a, b) || (a != null && b != null && a.SequenceEqual(b)),
                    many => many == null ? 0 : many.Length,
                    many => many));
        });
        passkey.Navigation(p => p.Data).IsRequired();
    }
}

internal sealed class SignInSessionMap : IEntityTypeConfiguration<SignInSession>
{
    public void Configure(EntityTypeBuilder<SignInSession> session)
    {
        session.Property(s => s.Id).ValueGeneratedNever();
        session.Property(s => s.Device).HasMaxLength(60);
        session.Property(s => s.Address).HasMaxLength(45);
        session.Property(s => s.Method).HasMaxLength(20);
        session.HasIndex(s => new { s.AccountId, s.StartedAt });
        session.HasIndex(s => s.EndedAt);
        session.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal static class AccountTables
{
    extension(Db db)
    {
        /// <summary>All accounts. Who signs in, and whoever manages accounts.</summary>
        public IQueryable<Account> Accounts() => db.Set<Account>();

        /// <summary>The sessions of one account, ended ones too.</summary>
        public IQueryable<SignInSession> SessionsOf(Guid account) =>
            db.Set<SignInSession>().Where(session => session.AccountId == account);

        /// <summary>The passkeys of one account.</summary>
        public IQueryable<Passkey> PasskeysOf(Guid account) => db.Set<Passkey>().Where(passkey => passkey.UserId == account);

        /// <summary>Sessions that are still open but were last used before <paramref name="before"/>.</summary>
        internal IQueryable<SignInSession> SessionsIdleSince(DateTimeOffset before) =>
            db.Set<SignInSession>().Where(session => session.EndedAt == null && session.SeenAt < before);

        /// <summary>Sessions that ended before <paramref name="before"/>.</summary>
        internal IQueryable<SignInSession> SessionsEndedBefore(DateTimeOffset before) =>
            db.Set<SignInSession>().Where(session => session.EndedAt < before);

        /// <summary>An open session of an account that may sign in.</summary>
        internal IQueryable<SignInSession> OpenSession(Guid id) => db.Set<SignInSession>().Where(session =>
            session.Id == id && session.EndedAt == null
            && db.Set<Account>().Any(account => account.Id == session.AccountId && !account.Disabled));
    }
}
