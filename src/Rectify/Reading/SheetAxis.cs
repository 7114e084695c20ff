namespace Rectify.Reading;

/// <summary>Which rows (or columns) of a sheet become which of the table's, from the first filled one on.</summary>
internal sealed class SheetAxis
{
    private const int WidestGap = 50; // a stray entry far away must not make a grid of millions of places

    private readonly int[] used;
    private readonly int[] places;

    public SheetAxis(IEnumerable<int> filled)
    {
        used = [.. filled.Distinct().Order()];
        places = new int[used.Length];
        for (var i = 1; i < used.Length; i++)
        {
            var gap = used[i] - used[i - 1];
            places[i] = places[i - 1] + (gap > WidestGap ? 2 : gap);
        }
    }

    public int First => used[0];

    public int Count => places[^1] + 1;

    /// <summary>The table's row for a sheet's row; the nearest one before it in a wide gap, the last one beyond the end.</summary>
    public int Place(int at)
    {
        var found = Array.BinarySearch(used, at);
        var before = found >= 0 ? found : ~found - 1;
        var room = before + 1 < places.Length ? places[before + 1] - places[before] - 1 : 0;
        return places[before] + Math.Min(at - used[before], room);
    }
}
