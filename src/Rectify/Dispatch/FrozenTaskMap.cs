using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Platform.Data;

namespace Rectify.Dispatch;

internal sealed class FrozenTaskMap : IEntityTypeConfiguration<FrozenTask>
{
    public void Configure(EntityTypeBuilder<FrozenTask> task)
    {
        task.Property(t => t.Id).ValueGeneratedNever();
        task.Ignore(t => t.Answering);
        task.Property(t => t.SortKey).HasMaxLength(60);
        task.Property(t => t.NumberText).HasMaxLength(100);
        task.Property(t => t.Title).HasMaxLength(200);
        task.Property(t => t.DeadlineText).HasMaxLength(500);
        task.Property(t => t.Aspect).HasMaxLength(200);
        task.Property(t => t.Reason).HasMaxLength(400);
        task.HasIndex(t => new { t.RoundId, t.SortKey });
        task.HasIndex(t => new { t.RoundId, t.ItemId }).IsUnique();
        task.HasOne<DispatchRound>().WithMany().HasForeignKey(t => t.RoundId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal static class FrozenTaskTable
{
    extension(Db db)
    {
        /// <summary>Tasks as rounds froze them. The caller holds a round from <c>RoundsFor</c>, and asks <c>ItemsFor</c> which of them its reader may see.</summary>
        public IQueryable<FrozenTask> FrozenTasks() => db.Set<FrozenTask>();
    }
}
