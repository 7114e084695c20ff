using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Plans;

internal sealed class PlanVersionMap : IEntityTypeConfiguration<PlanVersion>
{
    public void Configure(EntityTypeBuilder<PlanVersion> version)
    {
        version.Property(v => v.Id).ValueGeneratedNever();
        version.Property(v => v.Title).HasMaxLength(200);
        version.Property(v => v.FileName).HasMaxLength(200);
        version.Property(v => v.FileHash).HasMaxLength(64);
        version.Property(v => v.Sm3).HasMaxLength(64);
        version.Ignore(v => v.IsFileDestroyed);
        version.Property(v => v.ReportDocument).HasMaxLength(200);
        version.Property(v => v.ApprovalDocument).HasMaxLength(200);
        version.Property(v => v.PublicationDocument).HasMaxLength(200);
        version.Property(v => v.Version).IsConcurrencyToken();
        version.Ignore(v => v.State);
        version.HasIndex(v => new { v.ProgrammeId, v.No }).IsUnique();
        version.HasOne<Programme>().WithMany().HasForeignKey(v => v.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ImportDraftMap : IEntityTypeConfiguration<ImportDraft>
{
    public void Configure(EntityTypeBuilder<ImportDraft> draft)
    {
        draft.Property(d => d.Id).ValueGeneratedNever();
        draft.Property(d => d.FileName).HasMaxLength(200);
        draft.Property(d => d.FileHash).HasMaxLength(64);
        draft.Property(d => d.Sm3).HasMaxLength(64);
        draft.Property(d => d.Version).IsConcurrencyToken();
        draft.HasIndex(d => d.By);
    }
}

internal static class PlansTables
{
    extension(Db db)
    {
        /// <summary>The versions of a programme's plan: for whoever may read all of the programme.</summary>
        public IQueryable<PlanVersion> PlanVersionsFor(Access who, Right right) => who.IsEverywhere(right)
            ? db.Set<PlanVersion>()
            : db.Set<PlanVersion>().Where(version => false);

        /// <summary>One's own previews.</summary>
        public IQueryable<ImportDraft> ImportDraftsFor(Access who) =>
            who.Has(Right.Plan) ? db.Set<ImportDraft>().Where(draft => draft.By == who.Actor) : db.Set<ImportDraft>().Where(draft => false);
    }
}
