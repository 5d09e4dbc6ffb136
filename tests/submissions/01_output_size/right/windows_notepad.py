# expect: conv_output_size=passed conv_output_shape=passed
# style: byte order mark, CRLF line ends, tabs, Korean comments, prints while it works
# 합성곱 출력 크기 계산
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
	if size<1 or kernel<1 or stride<1 or padding<0 or dilation<1: raise ValueError("잘못된 값입니다")
	k = dilation*(kernel-1)+1   # 실제 커널 크기
	if k > size+2*padding: raise ValueError("커널이 너무 큽니다")
	result = int((size - k + 2*padding)/stride) + 1
	print("출력 크기:", result)
	return result

def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
	out = ()
	for i in range(0, len(size_hw)):
		k = kernel if isinstance(kernel, int) else kernel[i]
		s = stride if isinstance(stride, int) else stride[i]
		p = padding if isinstance(padding, int) else padding[i]
		d = dilation if isinstance(dilation, int) else dilation[i]
		out += conv_output_size(size_hw[i], k, s, p, d),
	return out

print(conv_output_size(227, 11, 4))
print(conv_output_shape((32, 64), 5))
