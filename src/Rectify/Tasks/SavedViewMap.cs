using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Platform;
using Rectify.Platform.Data;

namespace Rectify.Tasks;

internal sealed class SavedViewMap : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.Property(v => v.Id).ValueGeneratedNever();
        view.Property(v => v.Name).HasMaxLength(SavedView.LongestName);
        view.Property(v => v.Query).HasMaxLength(SavedView.LongestQuery);
        view.HasIndex(v => new { v.Owner, v.ProgrammeId, v.Name }).IsUnique();
        view.HasOne<Programme>().WithMany().HasForeignKey(v => v.ProgrammeId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal static class SavedViewTables
{
    extension(Db db)
    {
        /// <summary>One's own views.</summary>
        public IQueryable<SavedView> SavedViewsOf(Actor owner) => db.Set<SavedView>().Where(view => view.Owner == owner);

        public IQueryable<SavedView> SavedViewsOf(Actor owner, Guid programme) =>
            db.SavedViewsOf(owner).Where(view => view.ProgrammeId == programme);
    }
}
