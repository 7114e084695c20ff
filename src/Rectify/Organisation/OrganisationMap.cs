using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Platform.Data;

namespace Rectify.Organisation;

internal sealed class UnitMap : IEntityTypeConfiguration<Unit>
{
    public void Configure(EntityTypeBuilder<Unit> unit)
    {
        unit.Property(u => u.Id).ValueGeneratedNever();
        unit.Property(u => u.Code).HasMaxLength(16);
        unit.Property(u => u.Name).HasMaxLength(100);
        unit.Property(u => u.ShortName).HasMaxLength(100);
        unit.Property(u => u.SigningName).HasMaxLength(100).HasDefaultValue("");
        unit.Ignore(u => u.SignsAs);
        unit.Property(u => u.DivisionCode).HasMaxLength(12);
        unit.Property(u => u.Path).HasMaxLength(200);
        unit.Property(u => u.Version).IsConcurrencyToken();
        unit.HasIndex(u => u.Code).IsUnique();
        unit.HasIndex(u => u.Name).IsUnique();
        unit.HasIndex(u => u.Path).IsUnique();
        unit.HasOne<Unit>().WithMany().HasForeignKey(u => u.ParentId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class UnitAliasMap : IEntityTypeConfiguration<UnitAlias>
{
    public void Configure(EntityTypeBuilder<UnitAlias> alias)
    {
        alias.Property(a => a.Id).ValueGeneratedNever();
        alias.Property(a => a.Text).HasMaxLength(100);
        alias.Property(a => a.Key).HasMaxLength(100);
        alias.HasIndex(a => a.Key).IsUnique();
        alias.HasOne<Unit>().WithMany().HasForeignKey(a => a.UnitId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PersonMap : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.Property(p => p.Id).ValueGeneratedNever();
        person.Property(p => p.Code).HasMaxLength(20);
        person.Property(p => p.Name).HasMaxLength(60);
        person.Property(p => p.Post).HasMaxLength(100);
        person.Property(p => p.Version).IsConcurrencyToken();
        person.HasIndex(p => p.Code).IsUnique();
        person.HasIndex(p => new { p.UnitId, p.Name });
        person.HasOne<Unit>().WithMany().HasForeignKey(p => p.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DutyMap : IEntityTypeConfiguration<Duty>
{
    public void Configure(EntityTypeBuilder<Duty> duty)
    {
        duty.Property(d => d.Id).ValueGeneratedNever();
        duty.HasIndex(d => d.AccountId);
        duty.HasIndex(d => d.UnitId);
        duty.HasOne<Unit>().WithMany().HasForeignKey(d => d.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal static class OrganisationTables
{
    extension(Db db)
    {
        /// <summary>The units. Everyone who is signed in may see who exists; what they do is guarded at the items.</summary>
        public IQueryable<Unit> Units() => db.Set<Unit>();

        public IQueryable<UnitAlias> Aliases() => db.Set<UnitAlias>();

        /// <summary>The people. Names of officials in their posts are shown to whoever is signed in.</summary>
        public IQueryable<Person> People() => db.Set<Person>();

        /// <summary>The duties of one account.</summary>
        public IQueryable<Duty> DutiesOf(Guid account) => db.Set<Duty>().Where(duty => duty.AccountId == account);

        /// <summary>All duties; for whoever manages accounts.</summary>
        public IQueryable<Duty> Duties() => db.Set<Duty>();
    }
}
