using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.LookBacks;

internal sealed class CheckMap : IEntityTypeConfiguration<Check>
{
    public void Configure(EntityTypeBuilder<Check> check)
    {
        check.Property(c => c.Id).ValueGeneratedNever();
        check.Property(c => c.Person).HasMaxLength(100);
        check.Property(c => c.Place).HasMaxLength(200);
        check.Property(c => c.Key).HasMaxLength(100).IsBookkeeping();
        check.Property(c => c.HandedInBy).IsBookkeeping(); // the entry says who
        check.Property(c => c.ReviewedBy).IsBookkeeping();
        check.Property(c => c.Version).IsConcurrencyToken();
        check.HasIndex(c => c.Key).IsUnique(); // of two servers that make one check, one finds it made
        check.HasIndex(c => new { c.ProgrammeId, c.State, c.DueOn });
        check.HasIndex(c => new { c.ItemId, c.Origin, c.DueOn });
        check.HasIndex(c => c.PlanId);
        check.HasOne<Programme>().WithMany().HasForeignKey(c => c.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        check.HasOne<Item>().WithMany().HasForeignKey(c => c.ItemId).OnDelete(DeleteBehavior.Restrict);
        check.HasOne<Unit>().WithMany().HasForeignKey(c => c.UnitId).OnDelete(DeleteBehavior.Restrict);
        check.HasOne<LookBackPlan>().WithMany().HasForeignKey(c => c.PlanId).OnDelete(DeleteBehavior.Restrict);
        check.HasOne<LookBackDraw>().WithMany().HasForeignKey(c => c.DrawId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CheckProofMap : IEntityTypeConfiguration<CheckProof>
{
    public void Configure(EntityTypeBuilder<CheckProof> proof)
    {
        proof.Property(p => p.Id).ValueGeneratedNever();
        proof.HasIndex(p => new { p.CheckId, p.PieceId }).IsUnique();
        proof.HasOne<Check>().WithMany().HasForeignKey(p => p.CheckId).OnDelete(DeleteBehavior.Restrict);
        proof.HasOne<Piece>().WithMany().HasForeignKey(p => p.PieceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CheckRulesMap : IEntityTypeConfiguration<CheckRules>
{
    public void Configure(EntityTypeBuilder<CheckRules> rules)
    {
        rules.HasKey(r => r.ProgrammeId);
        rules.Property(r => r.Types).HasMaxLength(1_800);
        rules.Property(r => r.Version).IsConcurrencyToken();
        rules.Ignore(r => r.ByType);
        rules.HasOne<Programme>().WithMany().HasForeignKey(r => r.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LookBackPlanMap : IEntityTypeConfiguration<LookBackPlan>
{
    public void Configure(EntityTypeBuilder<LookBackPlan> plan)
    {
        plan.Property(p => p.Id).ValueGeneratedNever();
        plan.Property(p => p.Title).HasMaxLength(200);
        plan.Property(p => p.MadeBy).IsBookkeeping();
        plan.Property(p => p.Version).IsConcurrencyToken();
        plan.HasIndex(p => new { p.ProgrammeId, p.From });
        plan.HasOne<Programme>().WithMany().HasForeignKey(p => p.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LookBackDrawMap : IEntityTypeConfiguration<LookBackDraw>
{
    public void Configure(EntityTypeBuilder<LookBackDraw> draw)
    {
        draw.Property(d => d.Id).ValueGeneratedNever();
        draw.Property(d => d.List).IsBookkeeping(); // the entry carries its hash
        draw.Property(d => d.ListHash).HasMaxLength(64);
        draw.Property(d => d.Source).HasMaxLength(300);
        draw.Property(d => d.Commitment).HasMaxLength(64);
        draw.Property(d => d.Person).HasMaxLength(100);
        draw.Property(d => d.Seed).HasMaxLength(LookBackDraw.LongestSeed);
        draw.Property(d => d.VoidedBecause).HasMaxLength(500);
        draw.Property(d => d.ListedBy).IsBookkeeping();
        draw.Property(d => d.DrawnBy).IsBookkeeping();
        draw.Property(d => d.VoidedBy).IsBookkeeping();
        draw.Property(d => d.LivePlan).IsBookkeeping();
        draw.Property(d => d.LiveList).HasMaxLength(100).IsBookkeeping();
        draw.Property(d => d.Version).IsConcurrencyToken();
        draw.Ignore(d => d.Tickets);
        draw.HasIndex(d => new { d.PlanId, d.No }).IsUnique();
        draw.HasIndex(d => d.LivePlan).IsUnique();
        draw.HasIndex(d => d.LiveList).IsUnique(); // no second draw from a list while the first stands
        draw.HasOne<LookBackPlan>().WithMany().HasForeignKey(d => d.PlanId).OnDelete(DeleteBehavior.Restrict);
        draw.HasOne<Unit>().WithMany().HasForeignKey(d => d.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReboundMap : IEntityTypeConfiguration<Rebound>
{
    public void Configure(EntityTypeBuilder<Rebound> rebound)
    {
        rebound.Property(r => r.Id).ValueGeneratedNever();
        rebound.Property(r => r.Reference).HasMaxLength(200);
        rebound.Property(r => r.StatedBy).IsBookkeeping();
        rebound.HasIndex(r => r.ItemId);
        rebound.HasIndex(r => r.CheckId).IsUnique(); // a check takes its item up once
        rebound.HasOne<Item>().WithMany().HasForeignKey(r => r.ItemId).OnDelete(DeleteBehavior.Restrict);
        rebound.HasOne<ItemFact>().WithMany().HasForeignKey(r => r.FactId).OnDelete(DeleteBehavior.Restrict);
        rebound.HasOne<Check>().WithMany().HasForeignKey(r => r.CheckId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class LookBacksTables
{
    extension(Db db)
    {
        /// <summary>Checks that someone may read: those of units within their scope, and for a programme's office all of its own. Another unit's check of the same item is not among them.</summary>
        public IQueryable<Check> ChecksFor(Access reader)
        {
            if (reader.IsEverywhere(Right.Read))
            {
                return db.Set<Check>();
            }

            var (paths, offices) = (reader.ScopePaths(Right.Read).ToArray(), reader.UnitIds(Right.Plan));
            var programmes = db.ProgrammesFor(Access.OfSystem(Platform.Actor.System("lookbacks")), Right.Read).Where(programme => offices.Contains(programme.RegionId));
            return db.Set<Check>().Where(check => programmes.Any(programme => programme.Id == check.ProgrammeId)
                || db.Units().Any(unit => unit.Id == check.UnitId && paths.Any(path => unit.Path.StartsWith(path))));
        }

        /// <summary>Checks that someone hands in: those of the very units for which they report or supervise.</summary>
        public IQueryable<Check> ChecksToHandInFor(Access by)
        {
            var (system, units) = (by.IsSystem, by.OwnUnits(Right.Report).Concat(by.HeldAs(Role.Supervisor).Select(held => held.Unit)).Distinct().ToArray());
            return db.ChecksFor(by).Where(check => system || units.Contains(check.UnitId));
        }

        /// <summary>Plans of programmes that someone may read: which items they chose is for those who may read the checks.</summary>
        public IQueryable<LookBackPlan> LookBackPlansFor(Access reader)
        {
            var programmes = db.ProgrammesFor(reader, Right.Read);
            return db.Set<LookBackPlan>().Where(plan => programmes.Any(programme => programme.Id == plan.ProgrammeId));
        }

        /// <summary>Draws of plans that someone may read. A draw is there to be recomputed: its list names items by their public ids alone.</summary>
        public IQueryable<LookBackDraw> LookBackDrawsFor(Access reader)
        {
            var plans = db.LookBackPlansFor(reader);
            return db.Set<LookBackDraw>().Where(draw => plans.Any(plan => plan.Id == draw.PlanId));
        }

        /// <summary>Rebounds of items that someone may read.</summary>
        public IQueryable<Rebound> ReboundsFor(Access reader)
        {
            var items = db.ItemsFor(reader, Right.Read);
            return db.Set<Rebound>().Where(rebound => items.Any(item => item.Id == rebound.ItemId));
        }

        /// <summary>The periods of programmes that someone may read.</summary>
        public IQueryable<CheckRules> CheckRulesFor(Access reader)
        {
            var programmes = db.ProgrammesFor(reader, Right.Read);
            return db.Set<CheckRules>().Where(rules => programmes.Any(programme => programme.Id == rules.ProgrammeId));
        }

        // Parts of checks. The caller holds checks from a door above, or joins with it.

        public IQueryable<CheckProof> CheckProofs() => db.Set<CheckProof>();
    }
}
