using System.Collections.Frozen;
using System.Globalization;

namespace Rectify.Reading;

/// <summary>What the room says to people: why a file was refused, and what was left out of one that was read.</summary>
internal static class ReadingTexts
{
    // {0} is the file's name in refusals; notices have their own arguments.
    private static readonly FrozenDictionary<string, (string Zh, string En)> Texts = new Dictionary<string, (string, string)>
    {
        ["reading.empty"] = (
            "“{0}”是空文件，没有可读取的内容。请检查后重新上传。",
            "“{0}” is empty. Check the file and upload it again."),
        ["reading.encrypted"] = (
            "“{0}”加了密码，无法读取。请去掉密码后重新上传。",
            "“{0}” is protected by a password. Remove the password and upload it again."),
        ["reading.corrupt"] = (
            "“{0}”已损坏或不完整，无法读取。请用原程序打开并另存后重新上传。",
            "“{0}” is damaged or incomplete. Open it in the program it was made with, save it anew and upload it again."),
        ["reading.too-large"] = (
            "“{0}”超出可读取的上限（{1}）。请拆分文件或删去图片后重新上传。",
            "“{0}” is beyond what can be read ({1}). Split the file or take out pictures and upload it again."),
        ["reading.too-deep"] = (
            "“{0}”的表格或内容嵌套过深（超过{1}层），无法读取。请简化版式后重新上传。",
            "“{0}” nests tables or content too deeply (more than {1} levels). Simplify its layout and upload it again."),
        ["reading.too-slow"] = (
            "“{0}”在规定时间内未能读完，文件可能已损坏。请另存为 .docx 后重新上传。",
            "“{0}” could not be read in the time allowed and may be damaged. Save it as .docx and upload it again."),
        ["reading.bomb"] = (
            "“{0}”解压后异常庞大，已停止读取。请确认文件来源可靠，另存后重新上传。",
            "“{0}” unpacks to an abnormal size and was not read. Make sure of its origin, save it anew and upload it again."),
        ["reading.unsafe"] = (
            "“{0}”含有文档类型定义或外部实体，为安全起见不予读取。请用办公软件另存后重新上传。",
            "“{0}” contains a document type definition or entities and is not read. Save it anew and upload it again."),
        ["reading.unknown-format"] = (
            "无法识别“{0}”的格式。请上传 .docx、.xlsx、.html、带文字层的 .pdf 或 .txt 文件。",
            "The format of “{0}” is unknown. Upload a .docx, .xlsx, .html, .txt or a .pdf with a text layer."),
        ["reading.legacy"] = (
            "“{0}”是旧版办公文档格式，无法读取。请另存为 .docx 或 .xlsx 后重新上传。",
            "“{0}” is in an old office format. Save it as .docx or .xlsx and upload it again."),
        ["reading.no-text"] = (
            "“{0}”是扫描件或图片，没有文字层，无法读取文字。请先做文字识别（OCR），或上传 .docx 原件。",
            "“{0}” is a scan: it has no text layer. Run text recognition (OCR) on it, or upload the original .docx."),
        ["reading.nothing"] = (
            "“{0}”中没有文字内容。请检查后重新上传。",
            "There is no text in “{0}”. Check the file and upload it again."),

        ["reading.unit-bytes"] = ("{0} MB", "{0} MB"),
        ["reading.unit-cells"] = ("{0} 个单元格", "{0} cells"),
        ["reading.unit-paragraphs"] = ("{0} 个段落", "{0} paragraphs"),
        ["reading.unit-elements"] = ("{0} 个元素", "{0} elements"),
        ["reading.unit-pages"] = ("{0} 页", "{0} pages"),

        ["reading.macros"] = (
            "文件含有宏。只读取文字，宏没有运行，也不会保留。",
            "The file contains macros. Only its text was read; no macro was run or kept."),
        ["reading.hidden-sheet"] = (
            "隐藏的工作表“{0}”未读取。",
            "The hidden sheet “{0}” was not read."),
        ["reading.hidden-rows"] = (
            "工作表“{0}”中有{1}个隐藏行或被筛选掉的行，已一并读取。",
            "Sheet “{0}” has {1} hidden or filtered rows; they were read as well."),
        ["reading.formulas-without-value"] = (
            "工作表“{0}”中有{1}个公式没有保存结果，按空白处理。",
            "Sheet “{0}” has {1} formulas without a stored result; they were taken as blank."),
        ["reading.footnotes-skipped"] = ("{0}条脚注未读取。", "{0} footnotes were left out."),
        ["reading.endnotes-skipped"] = ("{0}条尾注未读取。", "{0} endnotes were left out."),
        ["reading.comments-skipped"] = ("{0}条批注未读取。", "{0} comments were left out."),
        ["reading.contents-skipped"] = ("目录（{0}行）未读取。", "The table of contents ({0} lines) was left out."),
        ["reading.changes-accepted"] = (
            "文件含有修订，按接受全部修订后的文字读取。",
            "The file contains tracked changes; it was read with all of them accepted."),
        ["reading.embedded-skipped"] = ("嵌入的{0}个文件未读取。", "{0} embedded files were left out."),
        ["reading.pages-without-text"] = (
            "第{0}页没有文字层（可能是扫描件），未读取。",
            "Pages {0} have no text layer (perhaps scans) and were not read."),
        ["reading.page-marks-removed"] = (
            "每页重复的页眉、页脚和页码（{0}处）已去除。",
            "Headers, footers and page numbers that repeat ({0}) were taken out."),
        ["reading.encoding-guessed"] = (
            "文件没有注明编码，按 {0} 读取；如有乱码，请另存为 UTF-8。",
            "The file does not name its encoding and was read as {0}; if it looks garbled, save it as UTF-8."),
    }.ToFrozenDictionary();

    public static IEnumerable<string> Codes => Texts.Keys;

    /// <summary>A text in the language of the current user interface: English where that is English, else Chinese.</summary>
    public static string Get(string code, params string[] arguments)
    {
        var (zh, en) = Texts[code];
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "en";
        return string.Format(CultureInfo.InvariantCulture, english ? en : zh, arguments);
    }
}
