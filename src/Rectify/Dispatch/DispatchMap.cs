using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Dispatch;

internal sealed class DispatchCycleMap : IEntityTypeConfiguration<DispatchCycle>
{
    public void Configure(EntityTypeBuilder<DispatchCycle> cycle)
    {
        cycle.Property(c => c.Id).ValueGeneratedNever();
        cycle.Ignore(c => c.Rules);
        cycle.Property(c => c.Version).IsConcurrencyToken();
        cycle.Property(c => c.DueTime).HasDefaultValue(RoundRules.UsualDueTime).ValueGeneratedNever(); // cycles from before there was an hour
        cycle.HasIndex(c => new { c.ProgrammeId, c.Kind }).IsUnique();
        cycle.HasOne<Programme>().WithMany().HasForeignKey(c => c.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DispatchRoundMap : IEntityTypeConfiguration<DispatchRound>
{
    public void Configure(EntityTypeBuilder<DispatchRound> round)
    {
        round.Property(r => r.Id).ValueGeneratedNever();
        round.Ignore(r => r.Period);
        round.Property(r => r.Version).IsConcurrencyToken();
        round.Property(r => r.Salt).HasMaxLength(22).HasDefaultValue("").IsBookkeeping(); // opens its hashes; is none of the changes
        round.HasIndex(r => new { r.ProgrammeId, r.Kind, r.From }).IsUnique(); // a period is never opened twice, whoever opens it
        round.HasIndex(r => new { r.ProgrammeId, r.Kind, r.No }).IsUnique();
        round.HasIndex(r => r.State);
        round.HasOne<Programme>().WithMany().HasForeignKey(r => r.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class UnitReturnMap : IEntityTypeConfiguration<UnitReturn>
{
    public void Configure(EntityTypeBuilder<UnitReturn> one)
    {
        one.Property(r => r.Id).ValueGeneratedNever();
        one.Property(r => r.Version).IsConcurrencyToken();
        one.Property(r => r.Version).IsBookkeeping();
        one.Ignore(r => r.Corrected);
        one.Property(r => r.Corrections).HasDefaultValue("[]");
        one.Property(r => r.Closed).IsBookkeeping(); // the round's entry says so for all of them
        one.HasIndex(r => new { r.RoundId, r.UnitId }).IsUnique();
        one.HasIndex(r => new { r.UnitId, r.RoundId });
        one.HasIndex(r => new { r.AtId, r.State });
        one.HasOne<DispatchRound>().WithMany().HasForeignKey(r => r.RoundId).OnDelete(DeleteBehavior.Restrict);
        one.HasOne<Unit>().WithMany().HasForeignKey(r => r.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReturnStepMap : IEntityTypeConfiguration<ReturnStep>
{
    public void Configure(EntityTypeBuilder<ReturnStep> step)
    {
        step.Property(s => s.Id).ValueGeneratedNever();
        step.HasIndex(s => new { s.ReturnId, s.At });
        step.HasOne<UnitReturn>().WithMany().HasForeignKey(s => s.ReturnId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReturnLineMap : IEntityTypeConfiguration<ReturnLine>
{
    public void Configure(EntityTypeBuilder<ReturnLine> line)
    {
        line.Property(l => l.Id).ValueGeneratedNever();
        line.Ignore(l => l.Stated);
        line.Property(l => l.PercentReason).HasMaxLength(500);
        line.Property(l => l.Version).IsConcurrencyToken();
        line.Property(l => l.Measures).HasDefaultValue("[]");
        line.Property(l => l.Evidence).HasDefaultValue("[]");
        line.HasIndex(l => new { l.ReturnId, l.No }).IsUnique();
        line.HasIndex(l => l.ItemId);
        line.HasOne<UnitReturn>().WithMany().HasForeignKey(l => l.ReturnId).OnDelete(DeleteBehavior.Restrict);
        line.HasOne<Item>().WithMany().HasForeignKey(l => l.ItemId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LineDraftMap : IEntityTypeConfiguration<LineDraft>
{
    public void Configure(EntityTypeBuilder<LineDraft> draft)
    {
        draft.HasKey(d => new { d.LineId, d.By });
        draft.HasOne<ReturnLine>().WithMany().HasForeignKey(d => d.LineId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class FrozenLineMap : IEntityTypeConfiguration<FrozenLine>
{
    public void Configure(EntityTypeBuilder<FrozenLine> line)
    {
        line.Property(l => l.Id).ValueGeneratedNever();
        line.Property(l => l.Seal).HasDefaultValue("");
        line.HasIndex(l => new { l.RoundId, l.UnitId });
        line.HasIndex(l => new { l.ReturnId, l.ItemId }).IsUnique();
        line.HasOne<UnitReturn>().WithMany().HasForeignKey(l => l.ReturnId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class FrozenFigureMap : IEntityTypeConfiguration<FrozenFigure>
{
    public void Configure(EntityTypeBuilder<FrozenFigure> figure)
    {
        figure.Property(f => f.Id).ValueGeneratedNever();
        figure.Ignore(f => f.Added);
        figure.HasIndex(f => new { f.QuantityId, f.On });
        figure.HasIndex(f => new { f.RoundId, f.UnitId });
        figure.HasIndex(f => new { f.ReturnId, f.QuantityId }).IsUnique();
        figure.HasOne<UnitReturn>().WithMany().HasForeignKey(f => f.ReturnId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RoundCheckMap : IEntityTypeConfiguration<RoundCheck>
{
    public void Configure(EntityTypeBuilder<RoundCheck> check)
    {
        check.HasKey(c => c.RoundId);
        check.HasIndex(c => c.Result);
        check.HasOne<DispatchRound>().WithMany().HasForeignKey(c => c.RoundId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class DispatchTables
{
    extension(Db db)
    {
        /// <summary>The cycles of programmes that someone may read.</summary>
        public IQueryable<DispatchCycle> CyclesFor(Access who)
        {
            var programmes = db.ProgrammesFor(who, Right.Read);
            return db.Set<DispatchCycle>().Where(cycle => programmes.Any(programme => programme.Id == cycle.ProgrammeId));
        }

        /// <summary>The rounds of programmes that someone may read: days and state only, no unit's figures.</summary>
        public IQueryable<DispatchRound> RoundsFor(Access who)
        {
            var programmes = db.ProgrammesFor(who, Right.Read);
            return db.Set<DispatchRound>().Where(round => programmes.Any(programme => programme.Id == round.ProgrammeId));
        }

        /// <summary>The returns that someone may read: those of their units and of units below them.</summary>
        public IQueryable<UnitReturn> ReturnsFor(Access who)
        {
            if (who.IsEverywhere(Right.Read))
            {
                return db.Set<UnitReturn>();
            }

            var paths = who.ScopePaths(Right.Read).ToArray();
            return db.Set<UnitReturn>().Where(one => db.Units().Any(unit =>
                unit.Id == one.UnitId && paths.Any(path => unit.Path.StartsWith(path))));
        }

        /// <summary>The returns that someone may write: those of the very units for which they report. Nobody writes another unit's, not even from above.</summary>
        public IQueryable<UnitReturn> ReturnsToWriteFor(Access who)
        {
            var (system, units) = (who.IsSystem, who.HeldAt(Right.Report));
            return db.Set<UnitReturn>().Where(one => system || units.Contains(one.UnitId));
        }

        /// <summary>The returns that lie with someone for review: as the unit on the way, or as the office.</summary>
        public IQueryable<UnitReturn> ReturnsToReviewFor(Access who)
        {
            var (everywhere, units, offices) = (who.IsEverywhere(Right.Plan), who.HeldAt(Right.Report), who.HeldAt(Right.Plan));
            return db.Set<UnitReturn>().Where(one => one.State == ReturnState.Submitted
                && (one.AtOffice ? everywhere || offices.Contains(one.AtId) : units.Contains(one.AtId)));
        }

        // Parts of returns. The caller holds returns from a door above, or joins with it.

        public IQueryable<ReturnLine> ReturnLines() => db.Set<ReturnLine>();

        public IQueryable<ReturnStep> ReturnSteps() => db.Set<ReturnStep>();

        public IQueryable<LineDraft> LineDrafts() => db.Set<LineDraft>();

        public IQueryable<RoundCheck> RoundChecks() => db.Set<RoundCheck>();

        public IQueryable<FrozenLine> FrozenLines() => db.Set<FrozenLine>();

        public IQueryable<FrozenFigure> FrozenFigures() => db.Set<FrozenFigure>();
    }
}
