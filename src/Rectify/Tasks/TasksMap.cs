using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

internal sealed class ProgrammeMap : IEntityTypeConfiguration<Programme>
{
    public void Configure(EntityTypeBuilder<Programme> programme)
    {
        programme.Property(p => p.Id).ValueGeneratedNever();
        programme.Property(p => p.Code).HasMaxLength(40);
        programme.Property(p => p.Name).HasMaxLength(200);
        programme.Property(p => p.ShortName).HasMaxLength(200);
        programme.Property(p => p.Round).HasMaxLength(40);
        programme.Property(p => p.Team).HasMaxLength(100);
        programme.Property(p => p.ApprovedBy).HasMaxLength(100);
        programme.Property(p => p.Rules).HasMaxLength(2000).HasConversion(
            rules => JsonSerializer.Serialize(rules, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<StatusRules>(text, JsonSerializerOptions.Web)!);
        programme.Property(p => p.Version).IsConcurrencyToken();
        programme.HasIndex(p => p.Code).IsUnique();
        programme.HasOne<Unit>().WithMany().HasForeignKey(p => p.RegionId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AspectMap : IEntityTypeConfiguration<Aspect>
{
    public void Configure(EntityTypeBuilder<Aspect> aspect)
    {
        aspect.Property(a => a.Id).ValueGeneratedNever();
        aspect.Property(a => a.Name).HasMaxLength(200);
        aspect.HasIndex(a => new { a.ProgrammeId, a.Kind, a.No }).IsUnique();
        aspect.HasOne<Programme>().WithMany().HasForeignKey(a => a.ProgrammeId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ItemMap : IEntityTypeConfiguration<Item>
{
    public void Configure(EntityTypeBuilder<Item> item)
    {
        item.Property(i => i.Id).ValueGeneratedNever();
        item.Ignore(i => i.Chain);
        item.Property(i => i.NumberText).HasMaxLength(100);
        item.Property(i => i.SortKey).HasMaxLength(60);
        item.Property(i => i.TaskType).HasMaxLength(40);
        item.Property(i => i.Title).HasMaxLength(200);
        item.Property(i => i.DeadlineText).HasMaxLength(500);
        item.Property(i => i.RecurrenceText).HasMaxLength(200);
        item.Property(i => i.RecurrenceEvery).HasMaxLength(20);
        item.Property(i => i.RemovedBecause).HasMaxLength(500);
        item.Property(i => i.QuantityName).HasMaxLength(100);
        item.Property(i => i.QuantityUnit).HasMaxLength(40);
        item.Property(i => i.Version).IsConcurrencyToken();
        item.Property(i => i.Reckoning).IsConcurrencyToken().IsBookkeeping();
        item.HasIndex(i => i.PublicId).IsUnique();
        // Holds all that a filter asks of an item: a list walks it and reads no item until its page is full.
        item.HasIndex(i => new { i.ProgrammeId, i.Kind, i.SortKey, i.Id, i.RemovedOn, i.AspectNo, i.DueOn, i.DeadlineDate, i.Standing });
        item.HasIndex(i => new { i.ProgrammeId, i.Kind, i.DueOn, i.SortKey });
        item.HasIndex(i => new { i.ProgrammeId, i.Kind, i.AspectNo, i.SortKey });
        item.HasIndex(i => i.ParentId);
        item.HasOne<Programme>().WithMany().HasForeignKey(i => i.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        item.HasOne<Item>().WithMany().HasForeignKey(i => i.ParentId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ItemUnitMap : IEntityTypeConfiguration<ItemUnit>
{
    public void Configure(EntityTypeBuilder<ItemUnit> part)
    {
        part.Property(p => p.Id).ValueGeneratedNever();
        part.Property(p => p.Text).HasMaxLength(200);
        part.HasIndex(p => new { p.ItemId, p.Order });
        part.HasIndex(p => new { p.UnitId, p.Role, p.ItemId });
        part.HasOne<Item>().WithMany().HasForeignKey(p => p.ItemId).OnDelete(DeleteBehavior.Cascade);
        part.HasOne<Unit>().WithMany().HasForeignKey(p => p.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ItemPersonMap : IEntityTypeConfiguration<ItemPerson>
{
    public void Configure(EntityTypeBuilder<ItemPerson> person)
    {
        person.Property(p => p.Id).ValueGeneratedNever();
        person.Property(p => p.Text).HasMaxLength(200);
        person.HasIndex(p => p.ItemId);
        person.HasOne<Item>().WithMany().HasForeignKey(p => p.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ItemMilestoneMap : IEntityTypeConfiguration<ItemMilestone>
{
    public void Configure(EntityTypeBuilder<ItemMilestone> milestone)
    {
        milestone.Property(m => m.Id).ValueGeneratedNever();
        milestone.HasIndex(m => new { m.ItemId, m.No }).IsUnique();
        milestone.HasIndex(m => new { m.Due, m.ItemId });
        milestone.HasOne<Item>().WithMany().HasForeignKey(m => m.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ItemFactMap : IEntityTypeConfiguration<ItemFact>
{
    public void Configure(EntityTypeBuilder<ItemFact> fact)
    {
        fact.Property(f => f.Id).ValueGeneratedNever();
        fact.Property(f => f.Document).HasMaxLength(200);
        fact.Property(f => f.VoidedBecause).HasMaxLength(500);
        fact.Property(f => f.RecordedBy).IsBookkeeping(); // the entry says who
        fact.HasIndex(f => new { f.ItemId, f.Sequence }).IsUnique();
        fact.HasOne<Item>().WithMany().HasForeignKey(f => f.ItemId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class StatusSpanMap : IEntityTypeConfiguration<StatusSpan>
{
    public void Configure(EntityTypeBuilder<StatusSpan> span)
    {
        span.HasKey(s => new { s.ItemId, s.From });
        span.Property(s => s.Reason).HasMaxLength(400);
        span.Property(s => s.SortKey).HasMaxLength(60);
        span.HasIndex(s => new { s.ProgrammeId, s.Kind, s.Status, s.SortKey, s.From, s.Until, s.ItemId });
        span.HasIndex(s => new { s.ProgrammeId, s.Kind, s.Light, s.SortKey, s.From, s.Until, s.ItemId });
        span.HasIndex(s => new { s.ItemId, s.From, s.Until, s.Status, s.Light, s.ProgrammeId, s.Kind });
        span.HasOne<Item>().WithMany().HasForeignKey(s => s.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ItemScopeMap : IEntityTypeConfiguration<ItemScope>
{
    public void Configure(EntityTypeBuilder<ItemScope> scope)
    {
        scope.HasKey(s => new { s.ItemId, s.UnitId });
        scope.Property(s => s.SortKey).HasMaxLength(60);
        scope.HasIndex(s => new { s.UnitId, s.ProgrammeId, s.Kind, s.SortKey, s.ItemId });
        scope.HasOne<Item>().WithMany().HasForeignKey(s => s.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class TasksTables
{
    extension(Db db)
    {
        /// <summary>The items on which someone has a right: everything for a duty at the top, else what concerns their units. What was taken out of the plan they go on reading, and nothing else.</summary>
        public IQueryable<Item> ItemsFor(Access who, Right right)
        {
            if (who.IsEverywhere(right))
            {
                return db.Set<Item>();
            }

            var units = who.UnitIds(right);
            var items = right is Right.Read ? db.Set<Item>() : db.Set<Item>().Where(item => item.RemovedOn == null);
            return items.Where(item => db.Set<ItemScope>().Any(scope =>
                scope.ItemId == item.Id && units.Contains(scope.UnitId)));
        }

        /// <summary>Programmes of one's own region or with at least one item that concerns one's units; all of them with a duty at the top.</summary>
        public IQueryable<Programme> ProgrammesFor(Access who, Right right)
        {
            if (who.IsEverywhere(right))
            {
                return db.Set<Programme>();
            }

            var units = who.UnitIds(right);
            return db.Set<Programme>().Where(programme => units.Contains(programme.RegionId) || db.Set<ItemScope>().Any(scope =>
                scope.ProgrammeId == programme.Id && units.Contains(scope.UnitId)));
        }

        public IQueryable<Aspect> AspectsOf(Guid programme) => db.Set<Aspect>().Where(aspect => aspect.ProgrammeId == programme);

        // Parts of items. The caller holds items from ItemsFor, or joins with it.

        public IQueryable<ItemUnit> ItemUnits() => db.Set<ItemUnit>();

        public IQueryable<ItemPerson> ItemPersons() => db.Set<ItemPerson>();

        public IQueryable<ItemMilestone> ItemMilestones() => db.Set<ItemMilestone>();

        public IQueryable<ItemFact> ItemFacts() => db.Set<ItemFact>();

        public IQueryable<StatusSpan> StatusSpans() => db.Set<StatusSpan>();

        /// <summary>The span of each item that holds on a day, or its first one where it came into the plan after it.</summary>
        public IQueryable<StatusSpan> SpansSince(DateOnly on) => db.StatusSpans()
            .Where(span => span.Until > on && (span.From <= on || !db.StatusSpans().Any(earlier => earlier.ItemId == span.ItemId && earlier.From < span.From)));

        public IQueryable<ItemScope> ItemScopes() => db.Set<ItemScope>();
    }
}

internal static class ItemsOnDay
{
    extension(IQueryable<Item> items)
    {
        /// <summary>Those that stood in the plan on a day.</summary>
        public IQueryable<Item> StandingOn(DateOnly day) =>
            items.Where(item => (item.RemovedOn == null || item.RemovedOn > day) && (item.AddedOn == null || item.AddedOn <= day));
    }
}
