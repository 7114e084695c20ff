using System.Globalization;
using System.Text;
using Rectify.Platform;
using Rectify.Reading;
using static Rectify.Tests.Reading.Files;

namespace Rectify.Tests.Reading;

public sealed class BadFileTests
{
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    [Fact]
    public void Says_what_is_wrong_and_names_the_file()
    {
        var encrypted = Refused([.. Compound, .. new byte[512], .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[512]], "机密.docx");

        Assert.Equal((422, "reading.encrypted"), (encrypted.Status, encrypted.Code));
        Assert.Equal("“机密.docx”加了密码，无法读取。请去掉密码后重新上传。", encrypted.Message);
        Assert.Equal("reading.legacy", Refused([.. Compound, .. new byte[1024]]).Code);
        Assert.Equal("reading.legacy", Refused([.. "{\\rtf1 x}"u8]).Code);
        Assert.Equal("reading.empty", Refused([]).Code);
        Assert.Equal("reading.nothing", Refused([.. " \r\n\t"u8]).Code);
        Assert.Equal("reading.unknown-format", Refused([0x89, (byte)'P', (byte)'N', (byte)'G', 0, 0, 0, 0]).Code);
        Assert.Equal("reading.unknown-format", Refused([.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 7919 >> 3))]).Code);
        Assert.Equal("reading.unknown-format", Refused(Zip(("a.txt", "x"))).Code);
        Assert.Equal("reading.corrupt", Refused([.. "PK\x03\x04"u8, .. new byte[100]]).Code);
        Assert.Equal("reading.corrupt", Refused([.. "%PDF-1.7\n"u8, .. new byte[100]]).Code);
    }

    [Fact]
    public void Refuses_200_megabytes_without_reading_them()
    {
        using var seekable = new Endless(200L << 20, canSeek: true);
        Assert.Equal("reading.too-large", Assert.Throws<Refusal>(() => DocumentReader.Read(seekable, "x", ct: TestContext.Current.CancellationToken)).Code);
        Assert.Equal(0, seekable.Taken);

        using var flowing = new Endless(200L << 20, canSeek: false);
        Assert.Equal("reading.too-large", Assert.Throws<Refusal>(() => DocumentReader.Read(flowing, "x", ct: TestContext.Current.CancellationToken)).Code);
        Assert.InRange(flowing.Taken, 64L << 20, 65L << 20);
    }

    [Fact]
    public void Refuses_bombs_by_ratio_size_and_number()
    {
        Assert.Equal("reading.bomb", Refused(Docx(new string(' ', 3 << 20))).Code);
        Assert.Equal("reading.bomb", Refused(Docx(P("甲")), limits: new() { UnpackedBytes = 500 }).Code);
        Assert.Equal("reading.bomb", Refused(Docx(P("甲")), limits: new() { Entries = 2 }).Code);
    }

    [Fact]
    public void Refuses_a_bomb_that_lies_about_its_size()
    {
        var bomb = Docx(new string(' ', 3 << 20));
        for (var i = 0; i + 46 < bomb.Length; i++)
        {
            // In the central directory the unpacked size stands 24 bytes behind the signature.
            if (bomb.AsSpan(i).StartsWith("PK\x01\x02"u8) && BitConverter.ToUInt32(bomb, i + 24) > 1 << 20)
            {
                BitConverter.TryWriteBytes(bomb.AsSpan(i + 24), 1000u);
            }
        }

        Assert.Contains(Refused(bomb).Code, (string[])["reading.bomb", "reading.corrupt"]);
    }

    [Fact]
    public void Refuses_declarations_of_entities()
    {
        var file = With(Docx(P("甲")), "word/document.xml",
            "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><document><body><p><r><t>&b;</t></r></p></body></document>");
        Assert.Equal("reading.unsafe", Refused(file).Code);
    }

    [Fact]
    public void Reads_macro_files_without_their_macros()
    {
        var read = Files.Read(With(Docx(P("甲")), "word/vbaProject.bin", "x"));
        Assert.Equal(["甲"], read.Texts());
        Assert.Equal(["reading.macros"], read.Notices.Select(notice => notice.Code));
    }

    [Fact]
    public void Refuses_endless_nesting_and_too_many_paragraphs()
    {
        var nested = P("甲");
        for (var i = 0; i < 25; i++)
        {
            nested = $"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>";
        }

        Assert.Equal("reading.too-deep", Refused(Docx(nested)).Code);
        Assert.Equal("reading.too-deep", Refused(Docx(string.Concat(Enumerable.Repeat("<w:sdt>", 9000)) + string.Concat(Enumerable.Repeat("</w:sdt>", 9000)))).Code);
        Assert.Equal("reading.too-large", Refused([.. "甲\n乙\n丙"u8], limits: new() { Paragraphs = 2 }).Code);
        Assert.Equal("reading.too-large", Refused([.. "甲\t乙\n丙\t丁"u8], limits: new() { Cells = 3 }).Code);
    }

    [Fact]
    public void Stops_when_asked()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => DocumentReader.Read(new MemoryStream(Docx(P("甲"))), "x", ct: cancel.Token));
    }

    [Fact]
    public void Every_text_uses_the_same_arguments_in_both_languages() => Assert.All(ReadingTexts.Codes, code =>
    {
        var (zh, en) = (In("zh-CN", code), In("en", code));
        Assert.Equal(zh.Contains("<0>", StringComparison.Ordinal), en.Contains("<0>", StringComparison.Ordinal));
        Assert.Equal(zh.Contains("<1>", StringComparison.Ordinal), en.Contains("<1>", StringComparison.Ordinal));
    });

    private static string In(string language, string code)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new(language);
        try
        {
            return ReadingTexts.Get(code, "<0>", "<1>");
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>A stream of zeros that counts what was taken from it.</summary>
    private sealed class Endless(long length, bool canSeek) : Stream
    {
        public long Taken { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => canSeek;

        public override bool CanWrite => false;

        public override long Length => canSeek ? length : throw new NotSupportedException();

        public override long Position { get => Taken; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = (int)Math.Min(count, length - Taken);
            Taken += count;
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
